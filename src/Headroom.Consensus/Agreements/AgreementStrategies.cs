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
        RaftStrategy.RefusingEntry,
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

    /// <summary>These, and transactions over several groups: who only reads and writes single values, or builds on a store, has no use for them.</summary>
    public static IReadOnlyList<AgreementEntry> WithTransactions { get; } = [.. All, TrueTimeStrategy.Entry];

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
    public static bool TryParse(string text, [NotNullWhen(true)] out AgreementStrategy? strategy, [NotNullWhen(false)] out string? problem) => TryParse(text, All, out strategy, out problem);

    /// <summary>The same, of these entries.</summary>
    public static bool TryParse(string text, IReadOnlyList<AgreementEntry> among, [NotNullWhen(true)] out AgreementStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(among);
        strategy = StrategyCall.TryParse(text, [.. among.Select(entry => entry.Form)], out StrategyCall? call, out problem) ? among.First(entry => entry.Form == call.Form).Create(call) : null;
        return strategy is not null;
    }
}
