using System.Collections.Concurrent;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Compares ways of broadcasting: plans the cells, and makes rows of what their experiments gave.</summary>
public sealed class BroadcastComparison : IComparison
{
    public const string Subject = "broadcast";

    private readonly BroadcastGrid _grid;
    private readonly Seed _seed;
    private readonly List<(BroadcastNetwork Network, BroadcastCellPlan[] Plans)> _groups;

    /// <param name="grid">What is to be compared.</param>
    /// <param name="seed">Every draw comes from it.</param>
    /// <param name="runsExact">Run even where closed forms say everything.</param>
    public BroadcastComparison(BroadcastGrid grid, Seed seed, bool runsExact = false)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, _seed) = (grid, seed);
        Seed own = seed.Named("compare").Named(Subject);
        var inRounds = new ConcurrentDictionary<string, (CostCases? Rounds, int Contacts)>(StringComparer.Ordinal);
        var plans = new BroadcastCellPlan[grid.Networks.Count][];
        _ = Parallel.For(0, plans.Length, i => plans[i] = [.. grid.Protocols.Select(protocol => new BroadcastCellPlan(protocol, grid.Networks[i], own, runsExact, inRounds))]);
        _groups = [.. grid.Networks.Zip(plans)];
        Experiments = [.. Plans.SelectMany(plan => plan.Experiments).DistinctBy(e => e.Key)];
    }

    public IReadOnlyList<Experiment> Experiments { get; }

    /// <summary>Cells that can be: protocols times settings, without those that a protocol cannot run in.</summary>
    public int Cells => Plans.Count(plan => plan.Problem is null);

    public int Settings => _grid.Networks.Count;

    public int Protocols => _grid.Protocols.Count;

    private IEnumerable<BroadcastCellPlan> Plans => _groups.SelectMany(group => group.Plans);

    /// <summary>The rows of the finished cells.</summary>
    public ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(results);
        int rows = Math.Max(1, Cells * BroadcastMetrics.All.Count);
        var groups = new List<ComparisonGroup>();
        foreach ((BroadcastNetwork network, BroadcastCellPlan[] plans) in _groups)
        {
            (BroadcastStrategy Strategy, ComparisonCell Cell)[] cells = [.. plans.Select(plan => (plan.Strategy, Rows: new BroadcastCellRows(plan, results, rows)))
                .Where(c => c.Rows.IsFinished).Select(c => (c.Strategy, c.Rows.Cell()))];
            if (cells.Length > 0)
            {
                groups.Add(new ComparisonGroup { Setting = network.ToString(), Cells = [.. cells.Select(c => c.Cell)], Recommendation = BroadcastAdvisor.Of(cells) });
            }
        }

        var result = new ComparisonResult
        {
            Subject = Subject,
            Seed = _seed,
            Command = command,
            Axes = BroadcastNetwork.Axes(_grid.Networks),
            Metrics = [.. BroadcastMetrics.All.Select(m => (m.Name, m.Unit, m.Meaning))],
            Groups = groups,
            Notes = [.. Notes(), .. Wrapped(groups), .. notes],
            WasInterrupted = wasInterrupted,
        };
        return result with { Exhibits = BroadcastPlots.Of(result) };
    }

    /// <summary>The experiments of the cells that cross a floor, with a fresh seed; to be run four times as often. None where none does.</summary>
    public IComparison? Confirmation(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        HashSet<string> settings = [.. result.Groups.Where(g => g.Cells.Any(c => c.Rows.Any(r => r.IsViolated))).Select(g => g.Setting)];
        HashSet<string> protocols = [.. result.Cells.Where(c => c.Rows.Any(r => r.IsViolated)).Select(c => c.Strategy)];
        return settings.Count == 0 ? null : new BroadcastComparison(
            _grid with { Networks = [.. _grid.Networks.Where(n => settings.Contains(n.ToString()))], Protocols = [.. _grid.Protocols.Where(p => protocols.Contains(p.Name))] },
            _seed.Named("confirmation"));
    }

    /// <summary>What wrapping costs, in the first setting where both were run.</summary>
    private IEnumerable<string> Wrapped(List<ComparisonGroup> groups)
    {
        foreach (BroadcastStrategy wrapped in _grid.Protocols)
        {
            if (WrapperCost.InnerOf(wrapped) is not { } inner)
            {
                continue;
            }

            ComparisonGroup? both = groups.Find(g => CostOf(g, wrapped) is not null && CostOf(g, inner) is not null);
            yield return both is null
                ? $"{wrapped}: {wrapped.Protocol.Bytes.Average} bytes on average; name {inner} among the protocols too to see what wrapping it costs."
                : WrapperCost.Words(wrapped, CostOf(both, wrapped)!.Value, CostOf(both, inner)!.Value) + (groups.Count > 1 ? $" In: {both.Setting}." : "");
        }
    }

    private static (double Bytes, double Messages, double Seconds)? CostOf(ComparisonGroup group, BroadcastStrategy strategy) =>
        group.Cells.FirstOrDefault(c => c.Strategy == strategy.Name) is { } cell && cell.Row("bytes")?.Measured is { } bytes && cell.Row("messages")?.Measured is { } messages
            ? (bytes.Mean, messages.Mean, cell.Row("latency")?.Measured?.P99 ?? double.PositiveInfinity)
            : null;

    private IEnumerable<string> Notes()
    {
        PacketFormat packets = _grid.Networks[0].Setting.Network.Packets;
        int payload = _grid.Networks[0].Setting.PayloadBytes;
        long wire = packets.WireBytes(BroadcastHead.MessageBytes(payload));
        yield return $"A payload of {payload} B takes {wire} B on the wire: {BroadcastHead.MessageBytes(0)} B of head, and {packets.HeaderBytes} B of UDP, IPv4 and Ethernet for each packet of at most {packets.PayloadBytesMax} B.";
        yield return "Every member has one line of the stated bandwidth each way, which sends and takes in one message at a time; jitter adds to the minimum latency and is exponential with the stated mean, where no shape is stated; loss is independent, where it does not come in bursts, and nothing below the protocol repeats a lost message; the failed members are dead before the broadcast, others in every run, and nobody knows.";
        yield return "Member 0 broadcasts once. Latency, payloads, messages, bytes, hops and delivered come from runs in time, rounds from runs in synchronous rounds.";
        yield return "Floors: payloads and messages, 1/(1 - loss) times the mean deliveries; bytes, deliveries times the payload taken as unpredictable; rounds by the protocol's own contacts a round, or by distance where not everybody reaches everybody; latency, for all live members.";
        foreach (IGrouping<string, BroadcastNetwork> aside in _grid.Networks.Where(n => BroadcastTheory.SteppedAside(n.Setting) is not null).GroupBy(n => BroadcastTheory.SteppedAside(n.Setting)!))
        {
            yield return $"Theory and closed forms step aside in {aside.Count()} of {Settings} settings: {aside.Key}. Everything there was run.";
        }

        if (_grid.Networks.Any(n => n.Setting.HasFaults))
        {
            yield return "The moments of faults count from the request. Live is who lives at the end of a run; a member that crashes with the payload does not count as reached. Floors count every link's own loss until a core is healed, no loss of it after.";
        }

        foreach (IGrouping<string, string> skipped in Plans.Where(p => p.Problem is not null).GroupBy(p => p.Problem!, p => p.Network.ToString()))
        {
            yield return $"Not run in {skipped.Count()} of {Settings} settings: {skipped.Key}.";
        }
    }
}
