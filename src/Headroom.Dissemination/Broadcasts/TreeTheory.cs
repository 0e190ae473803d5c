using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Trees;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What a broadcast down a fixed tree costs: exactly where nothing is lost and nobody fails, in expectation elsewhere.</summary>
internal sealed class TreeTheory
{
    private readonly BroadcastSetting _setting;
    private readonly int _rootChildren;
    private readonly int[] _membersAtDepth;
    private readonly double _lastNs;

    private static readonly ConditionalWeakTable<BroadcastSetting, ConcurrentDictionary<string, TreeTheory>> Known = [];

    /// <summary>The theory of a strategy's tree in a setting; the tree is built once for all metrics that are asked for.</summary>
    public static TreeTheory For(BroadcastSetting setting, BroadcastStrategy strategy, Func<BroadcastTree> tree)
    {
        ConcurrentDictionary<string, TreeTheory> inSetting = Known.GetValue(setting, static _ => new ConcurrentDictionary<string, TreeTheory>(StringComparer.Ordinal));
        return inSetting.GetOrAdd(strategy.Name, _ => new TreeTheory(setting, tree()));
    }

    private TreeTheory(BroadcastSetting setting, BroadcastTree tree)
    {
        _setting = setting;
        _rootChildren = tree.Children(tree.Root).Length;
        var atDepth = new List<int>();
        NetworkOptions network = setting.EffectiveNetwork;
        long sendNs = Periods.PayloadNs(setting);
        var open = new Stack<(int Member, int Depth, long AtNs)>([(tree.Root, 0, 0L)]);
        while (open.TryPop(out (int Member, int Depth, long AtNs) at))
        {
            while (atDepth.Count <= at.Depth)
            {
                atDepth.Add(0);
            }

            atDepth[at.Depth]++;
            _lastNs = Math.Max(_lastNs, at.AtNs);
            ReadOnlySpan<int> children = tree.Children(at.Member);
            for (int i = 0; i < children.Length; i++)
            {
                open.Push((children[i], at.Depth + 1, at.AtNs + ((i + 1) * sendNs) + network.Topology.LatencyBetweenNs(at.Member, children[i])));
            }
        }

        _membersAtDepth = [.. atDepth];
    }

    public ReadOnlySpan<int> MembersAtDepth => _membersAtDepth;

    public int Height => _membersAtDepth.Length - 1;

    /// <summary>Nothing is lost and nobody fails: everybody gets one copy.</summary>
    public bool IsSure => _setting.Network.Loss == 0 && _setting.Live == _setting.Members;

    /// <summary>When the last member of the whole tree gets it without jitter.</summary>
    public double LastSeconds => _lastNs / 1e9;

    public double Deliveries => IsSure ? _setting.Members - 1 : TreeCosts.Deliveries(_membersAtDepth, _setting.Live, _setting.Network.Loss);

    public CostCases Copies => IsSure ? CostCases.Exactly(_setting.Members - 1)
        : new CostCases(_rootChildren, TreeCosts.Copies(_membersAtDepth, _setting.Live, _setting.Network.Loss), _setting.Members - 1, IsExact: true);

    /// <summary>The deepest level that is reached: a level counts with the probability that anybody in it is, levels taken as Poisson.</summary>
    public CostCases Depth
    {
        get
        {
            if (IsSure)
            {
                return CostCases.Exactly(Height);
            }

            double deepest = 0;
            for (int depth = 1; depth <= Height; depth++)
            {
                deepest -= Elementary.ExpM1(-_membersAtDepth[depth] * TreeCosts.ReachedAtDepth(depth, _setting.Members, _setting.Live, _setting.Network.Loss));
            }

            return new CostCases(0, deepest, Height);
        }
    }

    /// <summary>The last member of the tree without jitter; with it, what the largest of the paths down to the widest level adds.</summary>
    public CostCases Latency
    {
        get
        {
            Jitter jitter = _setting.EffectiveNetwork.Jitter;
            double average = (_lastNs + JitterTail.LargestNs(jitter, Height, _membersAtDepth.Max())) / 1e9;
            double worst = jitter.MaxNs is { } maxNs ? (_lastNs + ((double)Height * maxNs)) / 1e9 : double.PositiveInfinity;
            return IsSure
                ? new CostCases(_lastNs / 1e9, average, worst, jitter.IsNone)
                : new CostCases(SoonestLastNs / 1e9, TheoryCases.IfAllReached(average, _setting.Live - 1 - Deliveries), double.PositiveInfinity);
        }
    }

    /// <summary>The last of the live ones may be the root's first child where others are dead; with all alive the last of all.</summary>
    private double SoonestLastNs => _setting.Live == _setting.Members ? _lastNs : Math.Min(_lastNs, Periods.PayloadNs(_setting) + _setting.EffectiveNetwork.Topology.LeastLatencyNs);

    /// <summary>Nothing where nobody else lives, or where the tree does not reach all.</summary>
    public CostCases? Of(BroadcastMetric metric) => _setting.Live < 2 || _membersAtDepth.Sum() < _setting.Members ? null : metric switch
    {
        BroadcastMetric.Payloads or BroadcastMetric.Messages => Copies,
        BroadcastMetric.Bytes => TheoryCases.Times(Copies, Periods.PayloadWireBytes(_setting)),
        BroadcastMetric.Rounds or BroadcastMetric.Hops => Depth,
        BroadcastMetric.Latency => Latency,
        BroadcastMetric.Delivered => IsSure ? CostCases.Exactly(1) : new CostCases(1, Deliveries / (_setting.Live - 1), 0, IsExact: true),
        _ => null,
    };
}
