using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary>Something that is told of a torture's runs.</summary>
/// <param name="Title">In the table; null for nowhere.</param>
/// <param name="Name">In the JSON of a seed; null for nowhere.</param>
/// <param name="Of">Of one run.</param>
/// <param name="InRuns">The table says in how many runs it is above 0, not the sum.</param>
/// <param name="IsFlag">In JSON true or false.</param>
internal sealed record TortureColumn<TResult>(string? Title, string? Name, Func<TResult, long> Of, bool InRuns = false, bool IsFlag = false)
    where TResult : TortureOutcome;
