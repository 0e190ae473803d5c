using Headroom.Dissemination.HyParView;
using Headroom.Dissemination.Plumtree;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Plumtree: where everybody reaches everybody, over HyParView whose views are built by real joins; on a topology, over its links. The broadcast that is
/// measured comes after so many others from the same origin: with none it is the first, which floods and leaves the tree; later ones find it. Upkeep of
/// the views is not counted: they rest once settled, until a neighbour fails.
/// </summary>
public sealed record PlumtreeStrategy(int ActiveView = 5, int Settled = PlumtreeStrategy.SettledUsually) : BroadcastStrategy
{
    /// <summary>Broadcasts that settle a tree even where some are lost.</summary>
    public const int SettledUsually = 5;

    private const int ShufflesInAll = 8;

    // A broadcast ends within so many periods: a few times the depth of the tree, and some graftings in a row.
    private const int PeriodsApart = 60;
    private const int PeriodsApartPerDoubling = 4;

    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("plumtree", "a tree of eager links in an overlay of active-view links a member (HyParView), mended by lazy announcements; after settled-by earlier broadcasts",
            new StrategyParameter("active-view", 3, HyParViewOptions.ViewMax) { Default = 5 }, new StrategyParameter("settled-by", 0, 1000) { Default = SettledUsually }),
        call => new PlumtreeStrategy(call.Int(0), call.Int(1)),
        new PlumtreeStrategy(), new PlumtreeStrategy(Settled: 0));

    public override string Name => Settled == SettledUsually ? $"plumtree({ActiveView})" : $"plumtree({ActiveView},{Settled})";

    public override bool IsPacedByAnswers => true;

    public override Protocol Protocol => PlumtreeProtocol.Record;

    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Topology topology = setting.Network.Topology;
        return topology.IsComplete ? ActiveView : Enumerable.Range(0, topology.Members).Max(topology.Degree);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        long oneWayNs = Periods.OneWayNs(setting);
        var options = new PlumtreeOptions
        {
            // The payload may come along a branch that is longer by less than what is worth a change of parent; question and answer take two.
            FirstTimeoutNs = PlumtreeTheory.FirstTimeoutLatencies * oneWayNs,
            NextTimeoutNs = PlumtreeTheory.NextTimeoutLatencies * oneWayNs,
        };
        options.Validate();
        Topology topology = setting.Network.Topology;
        HyParViewOptions? views = topology.IsComplete ? Views(setting) : null;
        return ProcessFamily.Of(
            () => views is null ? PlumtreeTables.Over(topology, options, setting.Remembered) : PlumtreeTables.Over(views, options, setting.Remembered),
            (tables, _) => new PlumtreeProcess(tables));
    }

    public override long SettlingNs(BroadcastSetting setting) => BuiltNs(setting) + (Settled * ApartNs(setting));

    public override IReadOnlyList<long> EarlierNs(BroadcastSetting setting)
    {
        long builtNs = BuiltNs(setting);
        return [.. Enumerable.Range(0, Settled).Select(i => builtNs + (i * ApartNs(setting)))];
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return PlumtreeTheory.Of(metric, setting, ActiveView, isFirst: Settled == 0);
    }

    internal HyParViewOptions Views(BroadcastSetting setting)
    {
        long oneWayNs = Periods.OneWayNs(setting);
        return new HyParViewOptions
        {
            Members = setting.Members,
            ActiveView = ActiveView,
            PassiveView = Math.Min(HyParViewOptions.ViewMax, 6 * ActiveView),
            ReplyNs = 4 * oneWayNs,
            JoinPaceNs = 12 * oneWayNs,
            ShufflePeriodNs = 20 * oneWayNs,
            Shuffles = ShufflesInAll,
        };
    }

    /// <summary>When the views rest: all have joined and shuffled, and the last shuffle has ended its walk.</summary>
    private long BuiltNs(BroadcastSetting setting)
    {
        if (!setting.Network.Topology.IsComplete)
        {
            return 0;
        }

        HyParViewOptions views = Views(setting);
        return views.JoinNs(setting.Members - 1) + ((ShufflesInAll + 2) * views.ShufflePeriodNs);
    }

    private static long ApartNs(BroadcastSetting setting) =>
        (PeriodsApart + (PeriodsApartPerDoubling * int.Log2(setting.Members))) * Periods.OneWayNs(setting);
}
