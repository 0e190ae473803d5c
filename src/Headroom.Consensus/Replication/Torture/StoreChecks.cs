using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>What must hold of every replicated machine, whatever the protocol. It watches, and states the first time that a check did not hold.</summary>
public sealed class StoreChecks : ReplicaWitness
{
    public const string Agreement = "agreement";
    public const string NeverLost = "applied never lost";
    public const string DurabilityKept = "durability kept";
    public const string Linearizable = "linearizability";
    public const string Progress = "progress";

    private readonly List<Violation> _violations = [];
    private readonly List<ulong> _ledger = [];
    private readonly Dictionary<int, long> _applied = [];
    private readonly Dictionary<long, ulong> _states = [];

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> All { get; } =
    [
        (Agreement, "machines take the same entry at each place, one after the other, and have the same state after it"),
        (NeverLost, "in the end the servers that go on have applied all that any server ever applied"),
        (DurabilityKept, "no server finds after a crash that a durable record is missing"),
        (Linearizable, "the clients' history of gets, puts, appends and compare-and-sets has an order that a single store could have lived through"),
        (Progress, "a while after the core is healed each client is answered, and from then on always"),
    ];

    /// <summary>By the moment at which they were found, one a check.</summary>
    public IReadOnlyList<Violation> Violations => [.. _violations.OrderBy(violation => violation.AtNs)];

    public int Leaders { get; private set; }

    public int Starts { get; private set; }

    public int SavedCount { get; private set; }

    public int CopiedCount { get; private set; }

    /// <summary>The last entry that any machine took.</summary>
    public long Last => _ledger.Count;

    public override void Started(int server, long applied, long nowNs)
    {
        Starts++;
        _applied[server] = applied;
    }

    public override void Led(int server, long ballot, long nowNs) => Leaders++;

    public override void Applied(int server, long index, ReadOnlySpan<byte> entry, long nowNs)
    {
        if (index != _applied[server] + 1)
        {
            Report(Agreement, nowNs, $"server {server} applied entry {index} after {_applied[server]}");
        }

        _applied[server] = index;
        ulong digest = DigestOf(entry);
        if (index == Last + 1)
        {
            _ledger.Add(digest);
        }
        else if (index > Last || _ledger[(int)index - 1] != digest)
        {
            Report(Agreement, nowNs, index > Last ? $"server {server} applied entry {index}, and nobody applied the one before" : $"server {server} applied another entry at {index} than was applied there before");
        }
    }

    public override void Saved(int server, long index, ReadOnlySpan<byte> state, bool isOwn, long nowNs)
    {
        SavedCount += isOwn ? 1 : 0;
        CopiedCount += isOwn ? 0 : 1;
        if (!isOwn)
        {
            _applied[server] = index;
        }

        ulong digest = DigestOf(state);
        if (!_states.TryAdd(index, digest) && _states[index] != digest)
        {
            Report(Agreement, nowNs, $"server {server}'s state after entry {index} differs from another's");
        }
    }

    public override void Refused(int server, string problem, long nowNs) => Report(DurabilityKept, nowNs, $"server {server} takes no part any more: {problem}");

    /// <summary>The run is over: those who go on hold what was applied a while before, as far as the last entry then.</summary>
    public void Finish(IReadOnlyList<(int Server, long Applied)> holders, long last, long endNs)
    {
        ArgumentNullException.ThrowIfNull(holders);
        foreach ((int server, long applied) in holders)
        {
            if (applied < last)
            {
                Report(NeverLost, endNs, $"in the end server {server} has applied {applied} entries, and a while before some server had applied {last}");
                return;
            }
        }
    }

    /// <summary>A check of the clients' side did not hold.</summary>
    public void Report(string check, long atNs, string what)
    {
        if (_violations.All(violation => violation.Check != check))
        {
            _violations.Add(new Violation(check, atNs, what));
        }
    }

    private static ulong DigestOf(ReadOnlySpan<byte> bytes)
    {
        var digest = new RunDigest((ulong)bytes.Length);
        foreach (byte value in bytes)
        {
            digest.Add(value);
        }

        return digest.Value;
    }
}
