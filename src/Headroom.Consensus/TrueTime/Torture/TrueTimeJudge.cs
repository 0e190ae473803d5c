using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>Judges a run that is over: what clients saw against what the groups' logs say, and whether everybody got on once healed.</summary>
internal sealed class TrueTimeJudge(TrueTimeOptions options, TransactionLedger ledger, TransactionClient[] clients, FaultPlan faults, long endNs)
{
    private const string RealTime = "external consistency";
    private const string Values = "serializability";
    private const string Snapshots = "snapshots";
    private const string Atomic = "atomicity";
    private const string Kept = "committed once, never lost";
    private const string Locks = "locks end";
    private const string Progress = "progress once healed";

    private const long AllowedNs = 9_000_000_000;

    /// <summary>Within this after healing, and from then on in such a time, somebody who waits is answered, by wound-wait everybody in twice that: room for elections, abandoned attempts, and a commit wait of each client.</summary>
    private readonly long _allowedNs = AllowedNs + (options.Clients * 2 * options.Clocks.ErrorNsMax);

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> Checks { get; } =
    [
        (RealTime, "a transaction that begins after another was answered, or seen, has the greater timestamp"),
        (Values, "in the order of timestamps every transaction read what was written last"),
        (Snapshots, "a snapshot at t saw exactly the commits up to t"),
        (Atomic, "all groups hear the same end of a transaction, and it is what its coordinator's group decided"),
        (Kept, "what was answered as committed is in the log at its timestamp; what was not answered so committed at most under its last attempt"),
        (Locks, "once healed no transaction stays undecided, whatever became of its client"),
        (Progress, "once a majority of each group is healed waiting clients are answered: one within nine seconds and a commit wait of each client, by wound-wait each within twice that"),
        (new Consensus.Torture.Checks.ElectionSafety().Name, new Consensus.Torture.Checks.ElectionSafety().Statement),
        (new Consensus.Torture.Checks.DurabilityKept().Name, new Consensus.Torture.Checks.DurabilityKept().Statement),
    ];

    /// <summary>Transactions that committed though their client never heard so.</summary>
    public int Unheard { get; private set; }

    public List<Violation> Judge(TransactionServer[] servers, bool wasCutOff)
    {
        var violations = new List<Violation>();
        List<TransactionRecord> history = History(violations);
        if (ExternalConsistency.Check(history) is { } found)
        {
            TransactionRecord later = history.First(record => record.Number == found.Later);
            violations.Add(new Violation(found.IsRealTime ? RealTime : later.IsSnapshot ? Snapshots : Values, Math.Min(endNs, later.EndNs), found.Reason));
        }

        if (ledger.Divided() is { } divided)
        {
            violations.Add(new Violation(Atomic, endNs, divided));
        }

        if (wasCutOff)
        {
            violations.Add(new Violation(Progress, endNs, "messages bred messages without end"));
        }
        else if (faults.HealedAtNs is { } healedNs)
        {
            JudgeLocks(servers, healedNs, violations);
            JudgeProgress(healedNs, violations);
        }

        return violations;
    }

    /// <summary>What clients were answered, and what committed without their hearing of it.</summary>
    private List<TransactionRecord> History(List<Violation> violations)
    {
        List<TransactionRecord> history = [.. clients.SelectMany(client => client.Records)];
        var answered = history.Where(record => !record.IsSnapshot).ToDictionary(record => record.Number);
        foreach (TransactionRecord record in answered.Values)
        {
            if (!ledger.Commits.TryGetValue(record.Number, out (int Group, CommitRecord Record) commit) || commit.Record.TimestampNs != record.TimestampNs)
            {
                violations.Add(new Violation(Kept, record.EndNs, $"transaction {record.Number} was answered as committed at {record.TimestampNs}; the logs {(commit.Record is null ? "have no such commit" : $"have it at {commit.Record.TimestampNs}")}"));
                break;
            }
        }

        foreach ((long number, (_, CommitRecord commit)) in ledger.Commits.Where(commit => !answered.ContainsKey(commit.Key)))
        {
            int client = TransactionClient.Of(number, options) - options.Servers;
            if (clients[client].Unanswered(commit.TimestampNs) is { } unanswered && unanswered.Number == number)
            {
                Unheard++;
                history.Add(unanswered);
            }
            else
            {
                violations.Add(new Violation(Kept, endNs, $"transaction {number} committed at {commit.TimestampNs}, and its client took it for aborted"));
                break;
            }
        }

        return history;
    }

    /// <summary>Of the servers that lead in the end, in a core that has had time enough.</summary>
    private void JudgeLocks(TransactionServer[] servers, long healedNs, List<Violation> violations)
    {
        foreach (int member in faults.Core.Where(member => member < options.Servers))
        {
            if (endNs - healedNs > _allowedNs && servers[member].Leader?.Oldest is { } oldest && endNs - oldest.BegunNs > _allowedNs)
            {
                violations.Add(new Violation(Locks, endNs, $"server {member} leads and has {oldest}"));
                return;
            }
        }
    }

    private void JudgeProgress(long healedNs, List<Violation> violations)
    {
        var dead = faults.Faults.Where(fault => fault.Kind == FaultKind.Crash).Select(fault => fault.Member).ToHashSet();
        TransactionClient[] alive = [.. clients.Where((_, client) => !dead.Contains(options.Servers + client))];
        long waitingSinceNs = alive.Min(client => client.WaitingSinceNs) ?? endNs;
        long answeredNs = alive.SelectMany(client => client.Records).Select(record => record.EndNs).DefaultIfEmpty(0).Max();
        if (endNs - Math.Max(healedNs, Math.Max(waitingSinceNs, answeredNs)) > _allowedNs)
        {
            violations.Add(new Violation(Progress, endNs, $"a client has waited since {waitingSinceNs / 1e9:0.000} s, and nobody was answered after {answeredNs / 1e9:0.000} s"));
        }
        else if (options.Conflicts == ConflictRule.WoundWait && endNs - Math.Max(healedNs, waitingSinceNs) > 2 * _allowedNs)
        {
            violations.Add(new Violation(Progress, endNs, $"a client has waited since {waitingSinceNs / 1e9:0.000} s"));
        }
    }
}
