using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Raft.Snapshots;

/// <summary>
/// The snapshot that a follower is being sent, as far as it is there: in memory, so that a crash begins it anew. Chunks that overtook others wait, a few of them; no more room is made than what came takes. A chunk of another
/// snapshot replaces it if a later leader sends it or it reaches further.
/// </summary>
internal sealed class SnapshotAssembly
{
    private const int EarlyMax = 16;

    private readonly List<(int Offset, byte[] Bytes)> _early = [];
    private byte[] _bytes = [];
    private long _leaderTerm;
    private bool _mixed;

    public SnapshotIdentity Identity { get; private set; }

    /// <summary>Bytes that are there, from the first on.</summary>
    public int Received { get; private set; }

    public bool IsWhole => Received > 0 && Received == Identity.Length;

    /// <summary>False for a chunk of a snapshot that is not wanted any more.</summary>
    /// <param name="chunk">It.</param>
    /// <param name="mixes">Takes it for one of the snapshot that is being put together, whichever it is of: a fault that tests put in.</param>
    public bool TryTake(in SnapshotPart chunk, bool mixes = false)
    {
        if (mixes && Received > 0)
        {
            _mixed |= chunk.Snapshot != Identity;
            Identity = chunk.Snapshot;
        }

        if (chunk.Snapshot != Identity)
        {
            if ((chunk.Term, chunk.Snapshot.Index).CompareTo((_leaderTerm, Identity.Index)) < 0)
            {
                return false;
            }

            Clear();
            Identity = chunk.Snapshot;
        }

        _leaderTerm = Math.Max(_leaderTerm, chunk.Term);
        if (chunk.Offset > Received)
        {
            Hold(chunk);
            return true;
        }

        Append(chunk.Offset, chunk.Bytes);
        for (int i = 0; i < _early.Count;)
        {
            if (_early[i].Offset > Received)
            {
                i++;
                continue;
            }

            Append(_early[i].Offset, _early[i].Bytes);
            _early.RemoveAt(i);
            i = 0;
        }

        return true;
    }

    /// <summary>What all chunks make; null where that is none, and nothing is kept of it.</summary>
    public RaftSnapshot? Finish()
    {
        ReadOnlyMemory<byte> bytes = _bytes.AsMemory(0, Received);
        (SnapshotIdentity identity, bool isMixed) = (Identity, _mixed);
        Clear();
        if (Crc32C.Of(bytes.Span) != identity.Checksum && !isMixed)
        {
            return null;
        }

        var reader = new VarintReader(bytes.Span);
        RaftSnapshot? snapshot = RaftWire.ReadSnapshot(ref reader, bytes);
        return reader.IsAtEnd && snapshot is not null && (isMixed || (snapshot.Index == identity.Index && snapshot.Term == identity.Term)) ? snapshot : null;
    }

    public void Clear()
    {
        (_bytes, Received, Identity, _leaderTerm, _mixed) = ([], 0, default, 0, false);
        _early.Clear();
    }

    private void Hold(in SnapshotPart chunk)
    {
        int offset = chunk.Offset;
        if (_early.Count < EarlyMax && !_early.Exists(held => held.Offset == offset))
        {
            _early.Add((offset, chunk.Bytes.ToArray()));
        }
    }

    private void Append(int offset, ReadOnlySpan<byte> bytes)
    {
        int end = offset + bytes.Length;
        if (end <= Received)
        {
            return;
        }

        if (_bytes.Length < end)
        {
            Array.Resize(ref _bytes, Math.Max(end, Math.Min(Identity.Length, 2 * _bytes.Length)));
        }

        bytes.CopyTo(_bytes.AsSpan(offset));
        Received = end;
    }
}
