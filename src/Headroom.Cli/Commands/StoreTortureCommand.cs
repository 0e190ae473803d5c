using System.CommandLine;
using System.Text.Json;
using Headroom.Consensus.Replication.Torture;

namespace Headroom.Cli.Commands;

/// <summary>A replicated store, whatever replicates it, under random faults.</summary>
internal abstract class StoreTortureCommand<TOptions>(string name, string description, int members) : ProtocolTorture<TOptions, StoreTortureResult>(name, description, seeds: 1000)
    where TOptions : StoreTortureOptions, new()
{
    private static readonly TOptions Usual = new();

    protected Option<int> Members { get; } = new("--members", "-n") { Description = "servers, 2 to 15", DefaultValueFactory = _ => members };

    protected Option<int> Seconds { get; } = new("--seconds") { Description = "simulated seconds of a run; a core is healed after half of them", DefaultValueFactory = _ => Usual.Seconds };

    protected Option<int> Operations { get; } = new("--operations") { Description = "operations of all clients in a run", DefaultValueFactory = _ => Usual.Operations };

    protected override IReadOnlyList<Option> Sizes => [Members, Seconds, Operations];

    protected override IReadOnlyList<TortureColumn<StoreTortureResult>> Columns { get; } =
    [
        new("operations", "operations", result => result.Operations),
        new("answered", "answered", result => result.Answered),
        new("leaders or chains", "leaders", result => result.Leaders),
        new("starts", "starts", result => result.Starts),
        new("states saved", "saved", result => result.Saved),
        new("states sent", "copied", result => result.Copied),
        new("applied", "applied", result => result.Applied),
        new("all copies lost in", "lostAllCopies", result => result.LostAllCopies ? 1 : 0, InRuns: true, IsFlag: true),
    ];

    protected override TOptions Read(ParseResult parsed)
    {
        TOptions options = Usual with { Members = parsed.GetValue(Members), Seconds = parsed.GetValue(Seconds), Operations = parsed.GetValue(Operations) };
        options.Validate();
        return options;
    }

    protected override void WriteOptions(Utf8JsonWriter writer, TOptions options)
    {
        writer.WriteNumber("members", options.Members);
        writer.WriteNumber("seconds", options.Seconds);
        writer.WriteNumber("operations", options.Operations);
    }
}
