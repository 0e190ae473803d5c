using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>Every way of agreeing that runs here. One line adds one.</summary>
public static class AgreementStrategies
{
    public static IReadOnlyList<AgreementEntry> All { get; } =
    [
        RaftStrategy.Entry,
        RaftStrategy.LeaseEntry,
        RaftStrategy.LogEntry,
        InSyncStrategy.Entry,
        InSyncStrategy.FlushEntry,
        InSyncStrategy.LeaderEntry,
        InSyncStrategy.NoneEntry,
        RegisterStrategy.Entry,
        PaxosStrategy.Entry,
        PaxosStrategy.LogEntry,
        PaxosStrategy.FlexibleEntry,
        ChainStrategy.Entry,
        ChainStrategy.ApportionedEntry,
    ];

    public static IReadOnlyList<StrategyForm> Forms { get; } = [.. All.Select(entry => entry.Form)];

    /// <summary>Those that are tried where nobody names any.</summary>
    public static IReadOnlyList<AgreementStrategy> Usual { get; } = [.. All.SelectMany(entry => entry.Usual)];

    /// <summary>The strategy of a call that was read against <see cref="Forms"/>.</summary>
    public static AgreementStrategy Of(StrategyCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return All.First(entry => entry.Form == call.Form).Create(call);
    }

    /// <summary>Reads a strategy as people write it: <c>isr(2)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AgreementStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        strategy = StrategyCall.TryParse(text, Forms, out StrategyCall? call, out problem) ? Of(call) : null;
        return strategy is not null;
    }
}
