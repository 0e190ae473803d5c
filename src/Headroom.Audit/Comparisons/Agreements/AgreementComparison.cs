using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>Compares ways of agreeing: plans the cells, and makes rows of what their experiments gave.</summary>
public sealed class AgreementComparison : IComparison
{
    public const string Subject = "agreement";

    private readonly AgreementGrid _grid;
    private readonly Seed _seed;
    private readonly List<(AgreementCase Case, AgreementCellPlan[] Plans)> _groups;

    /// <param name="grid">What is to be compared.</param>
    /// <param name="seed">Every draw comes from it.</param>
    public AgreementComparison(AgreementGrid grid, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, _seed) = (grid, seed);
        Seed own = seed.Named("compare").Named(Subject);
        _groups = [.. grid.Cases.Select(each => (each, grid.Protocols.Select(protocol => new AgreementCellPlan(protocol, each, own)).ToArray()))];
        Experiments = [.. Plans.SelectMany(plan => plan.Experiments).DistinctBy(e => e.Key)];
    }

    public IReadOnlyList<Experiment> Experiments { get; }

    public int Cells => Plans.Count(plan => plan.Problem is null);

    private IEnumerable<AgreementCellPlan> Plans => _groups.SelectMany(group => group.Plans);

    public ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(results);
        int rows = Math.Max(1, Cells * AgreementMetrics.All.Count);
        var groups = new List<ComparisonGroup>();
        foreach ((AgreementCase each, AgreementCellPlan[] plans) in _groups)
        {
            (AgreementStrategy Strategy, ComparisonCell Cell)[] cells = [.. plans.Select(plan => (plan.Strategy, Rows: new AgreementCellRows(plan, results, rows)))
                .Where(c => c.Rows.IsFinished).Select(c => (c.Strategy, c.Rows.Cell()))];
            if (cells.Length > 0)
            {
                groups.Add(new ComparisonGroup { Setting = each.ToString(), Cells = [.. cells.Select(c => c.Cell)], Recommendation = AgreementAdvisor.Of(cells, each.Setting.Servers) });
            }
        }

        var result = new ComparisonResult
        {
            Subject = Subject,
            Seed = _seed,
            Command = command,
            Axes = AgreementCase.Axes(_grid.Cases),
            Metrics = [.. AgreementMetrics.All.Select(m => (m.Name, m.Unit, m.Meaning))],
            Groups = groups,
            Notes = [.. Notes(), .. notes],
            WasInterrupted = wasInterrupted,
        };
        return result with { Exhibits = AgreementPlots.Of(result) };
    }

    public IComparison? Confirmation(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        HashSet<string> settings = [.. result.Groups.Where(g => g.Cells.Any(c => c.Rows.Any(r => r.IsViolated))).Select(g => g.Setting)];
        HashSet<string> protocols = [.. result.Cells.Where(c => c.Rows.Any(r => r.IsViolated)).Select(c => c.Strategy)];
        return settings.Count == 0 ? null : new AgreementComparison(
            _grid with { Cases = [.. _grid.Cases.Where(c => settings.Contains(c.ToString()))], Protocols = [.. _grid.Protocols.Where(p => protocols.Contains(p.Name))] },
            _seed.Named("confirmation"));
    }

    private IEnumerable<string> Notes()
    {
        PacketFormat packets = _grid.Cases[0].Setting.Network.Packets;
        yield return $"Reads and writes are runs apart, each after a warm-up that writes every value once. An operation is due at a moment of its own, whether or not those before it are answered, and waits for its client where that is busy. {packets.HeaderBytes} B of UDP, IPv4 and Ethernet go with each packet of at most {packets.PayloadBytesMax} B.";
        yield return "Every member has one line of the stated bandwidth each way; jitter adds to the minimum latency and is exponential with the stated mean, where no shape is stated; loss is independent, where it does not come in bursts.";
        yield return "Floors hold for any protocol with the same promise, whose clients keep nothing: of a write, as many servers as the protocol promises hold the value, durably where it says so, and the client hears of it; of a read, one server answers it. Operations under way at the same time may share messages, so only those apart in time count in the floor of messages.";
        yield return AgreementAdvisor.Promises(_grid.Protocols);
        if (_grid.Cases.Any(c => c.Setting.Crashes > 0))
        {
            yield return "Crashes come at a third of the load, server 0 first, which leads where somebody does; the load then lasts 60 s at least, for in-sync replicas miss a dead leader after 9 s.";
        }

        foreach (IGrouping<string, AgreementCase> aside in _grid.Cases.Where(c => AgreementTheory.SteppedAside(c) is not null).GroupBy(c => AgreementTheory.SteppedAside(c)!))
        {
            yield return $"Theory steps aside in {aside.Count()} of {_grid.Cases.Count} settings: {aside.Key}.";
        }

        foreach (IGrouping<string, AgreementCase> skipped in Plans.Where(p => p.Problem is not null).GroupBy(p => p.Problem!, p => p.Case))
        {
            yield return $"Not run in {skipped.Count()} of {_grid.Cases.Count} settings: {skipped.Key}.";
        }

        foreach (string note in _grid.Notes)
        {
            yield return note;
        }
    }
}
