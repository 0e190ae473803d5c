using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.Torture;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.InSync.Torture;

/// <summary>
/// What must hold in every run. What is acknowledged stays, as long as some replica in sync has kept its memory since it came in, and no election was unclean: from the first moment at
/// which that is not so, losses are counted and not held against the protocol.
/// </summary>
public sealed class InSyncChecks(InSyncOptions options) : InSyncWitness
{
    public const string NeverLost = "acknowledged never lost";
    public const string SameBelowWatermark = "same below watermark";
    public const string OneLeader = "one leader per epoch";
    public const string EnoughCopies = "enough copies";
    public const string AppendedOnce = "appended once";
    public const string DurabilityKept = "durability kept";
    public const string Progress = "progress once healed";

    private readonly List<Violation> _violations = [];
    private readonly List<(long Offset, int Count, ReadOnlyMemory<byte> Records)> _acknowledged = [];
    private readonly List<(long Offset, ulong Digest)> _committed = [];
    private readonly Dictionary<(long Offset, ulong Digest), uint> _copies = [];
    private readonly Dictionary<long, int> _leaders = [];
    private PartitionState _state;
    private uint _forgetful;

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> All { get; } =
    [
        (NeverLost, "who comes to lead, and in the end the leader, has every acknowledged record"),
        (SameBelowWatermark, "replicas have the same records below their watermarks"),
        (OneLeader, "an epoch has one leader"),
        (EnoughCopies, "what is acknowledged is on as many replicas as must be in sync"),
        (AppendedOnce, "in the end no record of a producer with sequences is in the log more than once"),
        (DurabilityKept, "no replica finds after a crash that a durable record is missing"),
        (Progress, "a while after all is healed somebody leads and every record is acknowledged or given up"),
    ];

    /// <summary>By the moment at which they were found, one a check.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    public int UncleanElections { get; private set; }

    public bool LostAllCopies { get; private set; }

    public long Decisions { get; private set; }

    public int Restarts { get; private set; }

    private bool IsPromised => UncleanElections == 0 && !LostAllCopies;

    public override void Decided(in PartitionState state, bool isUnclean, long nowNs)
    {
        Decisions++;
        UncleanElections += isUnclean ? 1 : 0;
        _forgetful &= ~(state.InSync & ~_state.InSync);
        _state = state;
        LookForCopies();
    }

    public override void Restarted(int replica, PartitionLog log, long nowNs)
    {
        Restarts++;
        _forgetful |= options.Flush == FlushPolicy.Never ? 1U << replica : 0;
        LookForCopies();
    }

    public override void Led(int replica, long epoch, PartitionLog log, long nowNs)
    {
        if (!_leaders.TryAdd(epoch, replica) && _leaders[epoch] != replica)
        {
            Report(OneLeader, nowNs, $"replicas {_leaders[epoch]} and {replica} both lead in epoch {epoch}");
        }

        if (epoch == _state.LeaderEpoch && IsPromised && FirstLost(log) is { } lost)
        {
            Report(NeverLost, nowNs, $"replica {replica} leads from epoch {epoch} on without the acknowledged record at offset {lost}");
        }
    }

    public override void Appended(int replica, in RecordBatch batch, long nowNs)
    {
        (long Offset, ulong) key = (batch.BaseOffset, batch.Digest());
        _copies[key] = _copies.GetValueOrDefault(key) | 1U << replica;
    }

    public override void Advanced(int replica, PartitionLog log, long from, long to, long nowNs)
    {
        for (int i = log.Find(from); IsPromised && i < log.Count && log[i].EndOffset <= to; i++)
        {
            RecordBatch batch = log[i];
            ulong digest = batch.Digest();
            int place = PlaceOf(batch.BaseOffset);
            if (place == _committed.Count)
            {
                _committed.Add((batch.BaseOffset, digest));
            }
            else if (_committed[place] != (batch.BaseOffset, digest))
            {
                Report(SameBelowWatermark, nowNs, $"replica {replica} has another batch below its watermark at offset {batch.BaseOffset} than was there before");
            }
        }
    }

    public override void Acknowledged(int producer, long baseOffset, int count, ReadOnlyMemory<byte> records, long nowNs)
    {
        _acknowledged.Add((baseOffset, count, records));
        int place = PlaceOf(baseOffset);
        if (!IsPromised || place == _committed.Count || _committed[place].Offset != baseOffset)
        {
            return;
        }

        int copies = (int)uint.PopCount(_copies.GetValueOrDefault((baseOffset, _committed[place].Digest)));
        if (copies < options.MinInSync)
        {
            Report(EnoughCopies, nowNs, $"the record at offset {baseOffset} is acknowledged and has been in {copies} logs; there must be {options.MinInSync}");
        }
    }

    public override void Refused(int replica, string problem, long nowNs) => Report(DurabilityKept, nowNs, $"replica {replica}: {problem}");

    /// <summary>Acknowledged records that a log lacks.</summary>
    public int Lost(PartitionLog log) => _acknowledged.Where(batch => !IsIn(log, batch)).Sum(batch => batch.Count);

    /// <summary>The run is over: the log of whoever leads, and how many records are neither acknowledged nor given up.</summary>
    public void Finish(PartitionLog? leader, bool isIdempotent, int waiting, long nowNs)
    {
        if (leader is null || waiting > 0)
        {
            // Where all was lost a producer's sequence may be too: it goes on only when it has given up.
            if (IsPromised)
            {
                Report(Progress, nowNs, leader is null ? "in the end nobody leads" : $"in the end {waiting} records wait");
            }

            return;
        }

        if (IsPromised && FirstLost(leader) is { } lost)
        {
            Report(NeverLost, nowNs, $"in the end the leader lacks the acknowledged record at offset {lost}");
        }

        if (isIdempotent && IsPromised && Repeated(leader) is > 0 and int repeated)
        {
            Report(AppendedOnce, nowNs, $"{repeated} records are in the log more than once");
        }
    }

    /// <summary>Records, by what they hold, that are in the log more than once.</summary>
    public static int Repeated(PartitionLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var seen = new HashSet<(long Producer, long Number)>();
        int repeated = 0;
        for (int i = 0; i < log.Count; i++)
        {
            var reader = new VarintReader(log[i].Records.Span);
            for (int j = 0; j < log[i].Count; j++)
            {
                int length = reader.Small(InSyncOptions.BatchBytesLimit);
                var record = new VarintReader(reader.Bytes(length));
                repeated += seen.Add((record.Number(), record.Number())) ? 0 : 1;
            }
        }

        return repeated;
    }

    private void LookForCopies() => LostAllCopies |= (_state.InSync & ~_forgetful) == 0 && _state.Version > 0;

    private long? FirstLost(PartitionLog log)
    {
        foreach ((long Offset, int Count, ReadOnlyMemory<byte> Records) batch in _acknowledged)
        {
            if (!IsIn(log, batch))
            {
                return batch.Offset;
            }
        }

        return null;
    }

    private static bool IsIn(PartitionLog log, (long Offset, int Count, ReadOnlyMemory<byte> Records) batch)
    {
        int i = log.Find(batch.Offset);
        return i < log.Count && log[i].BaseOffset == batch.Offset && log[i].Count == batch.Count && log[i].Records.Span.SequenceEqual(batch.Records.Span);
    }

    private int PlaceOf(long offset)
    {
        int low = 0;
        int high = _committed.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _committed[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Report(string check, long nowNs, string what)
    {
        if (_violations.All(violation => violation.Check != check))
        {
            _violations.Add(new Violation(check, nowNs, what));
        }
    }
}
