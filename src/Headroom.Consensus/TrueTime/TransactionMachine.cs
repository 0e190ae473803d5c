using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// What a group keeps of its keys and transactions, as its log has it: versions, what is prepared, what was decided here, and how far leaders have promised. Decisions are kept as long
/// as versions are: whoever asks late is told.
/// </summary>
internal sealed class TransactionMachine(TrueTimeOptions options, int group) : IStateMachine
{
    private readonly SortedDictionary<long, PreparedTransaction> _prepared = [];
    private readonly SortedDictionary<long, long> _decided = [];
    private long _promiseTerm;

    public VersionedKeys Versions { get; } = new();

    /// <summary>By number.</summary>
    public IReadOnlyDictionary<long, PreparedTransaction> Prepared => _prepared;

    /// <summary>Timestamps of the commits that this group coordinated, by number.</summary>
    public IReadOnlyDictionary<long, long> Decided => _decided;

    /// <summary>The greatest timestamp that an entry has.</summary>
    public long LastNs { get; private set; }

    /// <summary>The present leader serves snapshots up to here.</summary>
    public long PromisedNs { get; private set; }

    /// <summary>Leaders before the present one served snapshots up to here, or less.</summary>
    public long PriorNs { get; private set; }

    /// <summary>Entries taken since its server last looked.</summary>
    public Queue<CommitRecord> News { get; } = new();

    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> command)
    {
        if (CommitRecord.Read(command, options) is { } record)
        {
            Take(record);
            News.Enqueue(record);
            options.Witness?.Applied(group, record);
        }

        return default;
    }

    public ReadOnlySpan<byte> Query(ReadOnlySpan<byte> question) => default;

    private void Take(CommitRecord record)
    {
        switch (record.Kind)
        {
            case CommitRecordKind.Promise:
                PriorNs = record.Number == _promiseTerm ? PriorNs : PromisedNs;
                _promiseTerm = record.Number;
                PromisedNs = Math.Max(PromisedNs, record.TimestampNs);
                return;
            case CommitRecordKind.Prepare:
                _ = _prepared.TryAdd(record.Number, new PreparedTransaction(record.TimestampNs, record.Other, record.Term, record.Keys));
                break;
            case CommitRecordKind.Commit when _decided.TryAdd(record.Number, record.TimestampNs):
                Write(record.Keys, record.Number, record.TimestampNs);
                break;
            case CommitRecordKind.Outcome when _prepared.Remove(record.Number, out PreparedTransaction? prepared) && record.TimestampNs > 0:
                Write(prepared.Keys, record.Number, record.TimestampNs);
                break;
            default:
                break;
        }

        LastNs = Math.Max(LastNs, record.TimestampNs);
    }

    private void Write(IReadOnlyList<int> keys, long number, long timestampNs)
    {
        foreach (int key in keys)
        {
            Versions.Write(key, timestampNs, number);
        }
    }

    public byte[] Save()
    {
        int length = Varint.LengthMax * (8 + (2 * _decided.Count) + _prepared.Values.Sum(prepared => 5 + prepared.Keys.Count) + Versions.All.Values.Sum(versions => 2 + (2 * versions.Count)));
        var room = new byte[length];
        var writer = new VarintWriter(room);
        foreach (long number in (ReadOnlySpan<long>)[LastNs, PromisedNs, PriorNs, _promiseTerm, Versions.All.Count])
        {
            writer.Number(number);
        }

        foreach ((int key, List<(long TimestampNs, long Writer)> versions) in Versions.All)
        {
            writer.Number(key);
            writer.Number(versions.Count);
            foreach ((long timestampNs, long by) in versions)
            {
                writer.Number(timestampNs);
                writer.Number(by);
            }
        }

        writer.Number(_prepared.Count);
        foreach ((long number, PreparedTransaction prepared) in _prepared)
        {
            writer.Number(number);
            writer.Number(prepared.PrepareNs);
            writer.Number(prepared.Coordinator);
            writer.Number(prepared.Term);
            CommitRecord.WriteAll(ref writer, prepared.Keys);
        }

        foreach ((long number, long timestampNs) in _decided)
        {
            writer.Number(number);
            writer.Number(timestampNs);
        }

        return room[..writer.Length];
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        Versions.Clear();
        _prepared.Clear();
        _decided.Clear();
        News.Clear();
        var reader = new VarintReader(state);
        (LastNs, PromisedNs, PriorNs, _promiseTerm) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
        for (long keys = reader.Number(); keys > 0 && reader.IsGood; keys--)
        {
            int key = reader.Small(options.Keys - 1);
            for (long versions = reader.Number(); versions > 0 && reader.IsGood; versions--)
            {
                Versions.Write(key, reader.Number(), reader.Number());
            }
        }

        for (long prepared = reader.Number(); prepared > 0 && reader.IsGood; prepared--)
        {
            long number = reader.Number();
            _prepared[number] = new PreparedTransaction(reader.Number(), reader.Small(options.Groups - 1), reader.Number(), CommitRecord.ReadAll(ref reader, options.Keys - 1));
        }

        while (reader.IsGood && reader.Remaining > 0)
        {
            _decided[reader.Number()] = reader.Number();
        }
    }
}
