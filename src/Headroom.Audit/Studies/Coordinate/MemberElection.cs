using Headroom.Consensus.LeaderElection;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>An election among members from their identifiers alone, which begins when the last one has noticed the crash; the bully's when the first has.</summary>
public sealed record MemberElection(string Form, LeaderElectionStrategy Strategy) : ElectionWay
{
    private const long DelayNs = 1_000_000;

    /// <summary>The bully takes a round trip for over after the longest latency twice and so many mean jitters, which few messages exceed.</summary>
    private const int JittersPerRoundTrip = 16;

    public override string Name => Form;

    public override Citation Citation => Strategy.Record.Citation;

    public override bool KnowsSize => Strategy == LeaderElectionRegistry.FloodMax;

    private bool IsBully => Strategy == LeaderElectionRegistry.Bully;

    private bool IsOfRings => Strategy == LeaderElectionRegistry.ChangRoberts || Strategy == LeaderElectionRegistry.HirschbergSinclair;

    public override string? Problem(CoordinateLinks links)
    {
        ArgumentNullException.ThrowIfNull(links);
        return IsBully && links.Shape != LinkShape.All ? $"{Form} needs links from all to all"
            : IsOfRings && links.Shape == LinkShape.Graph ? $"{Form} needs a ring, or links from all to all to make one of"
            : null;
    }

    public override ElectionSample Run(CoordinateInput input, int leader, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(input);
        RandomStream random = seed.Named("crash").Stream();
        CoordinateLinks links = input.Links;
        Survivors left = links.Without(leader);
        // The last sign of life was sent so long before the crash.
        long agoNs = (long)(random.NextDouble() * input.HeartbeatNs);
        long[] noticedNs = [.. left.Members.Select(member => Math.Max(1, input.TimeOutNs - agoNs + links.DistanceNs(leader, member)))];
        long[] identifiers = Ascending(left.Members.Count);
        random.Shuffle(identifiers.AsSpan());
        var load = new LinkLoadObserver();
        if (IsBully)
        {
            long[] all = new long[links.Members];
            all[leader] = identifiers.Length;
            for (int i = 0; i < identifiers.Length; i++)
            {
                all[left.Members[i]] = identifiers[i];
            }

            LeaderElectionOutcome outcome = Strategy.Run(Setting(input, links.Whole, all, seed) with
            {
                Faults = new FaultPlan([new Fault(0, FaultKind.Crash, leader)]),
                Suspicions = [.. left.Members.Select((member, i) => (noticedNs[i], member))],
                Suspected = identifiers.Length,
            }, load);
            return Sample(outcome, noticedNs.Min(), 0, ElectionSample.ByRegion(load, links, [.. Enumerable.Range(0, links.Members)]));
        }

        LeaderElectionOutcome among = Strategy.Run(Setting(input, left.Topology, identifiers, seed), load);
        return Sample(among, noticedNs.Min(), noticedNs.Max(), ElectionSample.ByRegion(load, links, left.Members));
    }

    public override IEnumerable<long> Worst(CoordinateInput input, int leader)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Links.Shape != LinkShape.Ring)
        {
            yield break;
        }

        int n = input.Links.Members - 1;
        long[] ascending = Ascending(n);
        long[] reversed = [.. Enumerable.Range(0, n).Order(Comparer<int>.Create((a, b) => Reversed(a).CompareTo(Reversed(b)))).Select(i => (long)i)];
        foreach (long[] identifiers in (long[][])[ascending, [.. ascending.Reverse()], reversed])
        {
            yield return Strategy.Run(Setting(input, input.Links.Without(leader).Topology, identifiers, new Seed(1))).Messages;
        }
    }

    public override double Rounds(CoordinateInput input, int leader, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(input);
        CoordinateLinks links = input.Links;
        Survivors left = links.Without(leader);
        long[] identifiers = Ascending(left.Members.Count);
        seed.Named("rounds").Stream().Shuffle(identifiers.AsSpan());
        var setting = new LeaderElectionSetting { Identifiers = identifiers, Topology = left.Topology.Graph is null ? null : left.Topology.WithUniformLatency(DelayNs), LatencyNs = DelayNs };
        return IsBully
            ? Strategy.Run(setting with
            {
                Identifiers = [.. identifiers, identifiers.Length],
                RoundTripNs = 2 * DelayNs,
                Faults = new FaultPlan([new Fault(0, FaultKind.Crash, identifiers.Length)]),
                Suspicions = [.. identifiers.Select((_, i) => (1L, i))],
            }).TimeUnits
            : Strategy.Run(setting).TimeUnits;
    }

    private static LeaderElectionSetting Setting(CoordinateInput input, Topology topology, long[] identifiers, Seed seed) => new()
    {
        Identifiers = identifiers,
        Topology = topology,
        Network = input.Network,
        RoundTripNs = (2 * input.Links.LatencyNsMax) + (JittersPerRoundTrip * input.Network.Jitter.MeanNs) + (input.Network.Loss > 0 ? 2 * (input.Network.RepeatNs ?? 0) : 0) + 1,
        Seed = seed.Named("run"),
    };

    private static ElectionSample Sample(LeaderElectionOutcome outcome, long noticedNs, long begunNs, double[,] between) =>
        new(outcome.EveryoneAgrees, noticedNs / 1e9, outcome.EveryoneAgrees ? (begunNs + outcome.TimeNs) / 1e9 : double.PositiveInfinity, outcome.Messages, outcome.WireBytes, between);

    private static long[] Ascending(int n) => [.. Enumerable.Range(0, n).Select(i => (long)i)];

    private static uint Reversed(int value)
    {
        uint reversed = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            reversed |= (((uint)value >> bit) & 1) << (31 - bit);
        }

        return reversed;
    }
}
