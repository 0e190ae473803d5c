using Headroom.Audit.Report;
using Headroom.Consensus.Agreements;
using Headroom.Consensus.LeaderElection;
using Headroom.Consensus.Locks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>The plots, and what the reader must know.</summary>
internal static class CoordinateExhibits
{
    private const int PointsMax = 200;

    public static IReadOnlyList<Exhibit> Of(CoordinateInput input, IReadOnlyList<ElectionRuns> elections, IReadOnlyList<LockRuns> locks)
    {
        ElectionRuns? best = elections.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.Messages.Value);
        var guides = new List<Guide>();
        if (input.WithinSeconds is { } within)
        {
            guides.Add(new Guide(IsVertical: true, within, "goal"));
        }

        var exhibits = new List<Exhibit>
        {
            new ScatterExhibit("Messages against time", "Messages of an election against the mean time from the crash until all know the next leader.", new Axis("all know after", "s"), new Axis("messages an election", "", IsLog: true),
                [.. elections.Where(run => double.IsFinite(run.Time.Value)).Select(run => new ScatterPoint(run.Way.Name, run.Time.Value, run.Messages.Value, RoleOf(run), run.MissedGoals.Count == 0))], guides),
            new LineExhibit("When all know the next leader", "Share of the crashes after which all who live know the next leader by then.", new Axis("time from the crash", "s"), new Axis("known by all", "%"),
                [.. elections.Select(run => new LineSeries(run.Way.Name, Curve(run.Times()), RoleOf(run)))]),
        };
        if (input.Locking is { } locking)
        {
            LockRuns? quickest = locks.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.Acquire.Value);
            exhibits.Add(new LineExhibit("When locks are had", "Share of the locks that their clients had by then, from when they were wanted.", new Axis("time", "s"), new Axis("had", "%"),
                [.. locks.Select(run => new LineSeries(run.Strategy.Name, Curve(run.AcquireSeconds()), run.Strategy == locking.Ways[0] ? Role.Now : run == quickest ? Role.Best : Role.Candidate))]));
        }

        return exhibits;

        Role RoleOf(ElectionRuns run) => run.Way == input.Now ? Role.Now : run == best ? Role.Best : Role.Candidate;
    }

    public static IReadOnlyList<string> Notes(CoordinateInput input, IReadOnlyList<ElectionRuns> elections, IReadOnlyList<LockRuns> locks)
    {
        CoordinateLinks links = input.Links;
        var notes = new List<string>
        {
            $"Runs: {string.Join(", ", elections.Select(run => $"{run.Crashes} crashes of {run.Way}"))}; the leader is any of the {links.Leaders.Count} members without whom the others still reach each other, and crashes at a random moment between two signs of life. "
                + "Elections among members begin when the last survivor has noticed, the bully when the first has; Raft's timeouts are its own. A wrong suspicion of a live leader is not modelled (kind membership has it).",
            "Who says that it lives costs more than who elects: " + string.Join(", ", elections.Select(run => $"{CoordinateWords.Number(run.HeartbeatBytesPerSecond)} B/s with {run.Way}")) + ", reckoned with messages of 15 B and their headers; money counts them too.",
        };
        notes.AddRange(elections.Where(run => run.Way is MemberElection).Select(run => Theory((MemberElection)run.Way)));
        notes.Add(links.Shape == LinkShape.Ring
            ? "On rings Omega(n log n) messages is the floor of the worst run, for members that do not know how many they are; our bound is stated for powers of two of survivors."
            : "The floor of messages is that all survivors are told. It binds whoever tells; members that know all identifiers and whose time-outs never err need no message at all. For crash faults and links from all to all no greater one is known to us.");
        if (input.Locking is { } locking)
        {
            LockLoad load = locking.Load;
            notes.Add($"Locks: {locks[0].Grants} of each way, wanted at random moments by {locking.Setting.Clients} clients, of {load.Locks} locks; taken by compare-and-set, looked at every {CoordinateWords.Time(load.PollNs / 1e9)} while another has them, renewed when half a lease is over. After a holder's crash what is left of its lease must run out: between half of it and all, and then a poll.");
            notes.Add("Not among the candidates: " + string.Join("; ", AgreementStrategies.Usual.Select(strategy => SimulatedLocks.Problem(strategy, locking.Setting)).OfType<string>()) + ".");
        }

        return notes;
    }

    private static string Theory(MemberElection way)
    {
        LeaderElectionRecord record = way.Strategy.Record;
        return $"{way}: {record.Summary}. Messages: best {record.Messages.Best}; average {record.Messages.Average}; worst {record.Messages.Worst}. Holds for: {record.Regime} [{record.Citation.Key}].";
    }

    private static List<(double X, double Y)> Curve(double[] seconds)
    {
        var points = new List<(double, double)> { (0, 0) };
        int step = Math.Max(1, seconds.Length / PointsMax);
        for (int i = 0; i < seconds.Length && double.IsFinite(seconds[i]); i += step)
        {
            points.Add((seconds[i], 100.0 * (i + 1) / seconds.Length));
        }

        return points;
    }
}
