using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Paxos;

/// <summary>A server's records, read in order after a crash: what it promised, accepted, and knew to be chosen.</summary>
internal sealed class PaxosRecovery : RecordRecovery
{
    private readonly List<PaxosEntry> _entries = [];

    public PaxosLog Log { get; } = new();

    public Ballot Promised { get; private set; }

    public long SnapshotSlot { get; private set; }

    public byte[] Snapshot { get; private set; } = [];

    protected override bool TryRead(byte kind, ref VarintReader reader, ReadOnlyMemory<byte> record)
    {
        switch (kind)
        {
            case PaxosRecord.Promise:
                Promise(PaxosWire.ReadBallot(ref reader));
                return true;
            case PaxosRecord.Accept:
                Accept(ref reader);
                return true;
            case PaxosRecord.Learn:
                Learn(ref reader);
                return true;
            case PaxosRecord.Snapshot:
                SnapshotSlot = PaxosWire.ReadSlot(ref reader);
                Snapshot = reader.Rest().ToArray();
                Log.DropUpTo(SnapshotSlot);
                return true;
            default:
                return false;
        }
    }

    private void Promise(Ballot ballot) => Promised = ballot > Promised ? ballot : Promised;

    private void Accept(ref VarintReader reader)
    {
        Ballot ballot = PaxosWire.ReadBallot(ref reader);
        long committed = reader.Number();
        long slot = PaxosWire.ReadSlot(ref reader);
        PaxosWire.ReadEntries(ref reader, withBallots: false, _entries);
        Promise(ballot);
        Choose(committed);
        for (int i = 0; i < _entries.Count; i++)
        {
            if (!Log.IsChosen(slot + i))
            {
                Log.Accept(slot + i, ballot, _entries[i].Value!);
            }
        }

        _entries.Clear();
    }

    /// <summary>What was known to be chosen when the record was written, the records before it hold.</summary>
    private void Choose(long committed)
    {
        if (committed > Log.Last)
        {
            Refuse($"it takes slots up to {committed} for chosen, and those before it hold none after {Log.Last}");
            return;
        }

        for (long slot = Log.Committed + 1; slot <= committed; slot++)
        {
            Log.Choose(slot);
        }

        Log.Advance();
    }

    private void Learn(ref VarintReader reader)
    {
        long slot = PaxosWire.ReadSlot(ref reader);
        PaxosWire.ReadEntries(ref reader, withBallots: false, _entries);
        for (int i = 0; i < _entries.Count; i++)
        {
            Log.Learn(slot + i, _entries[i].Value!);
        }

        _entries.Clear();
        Log.Advance();
    }
}
