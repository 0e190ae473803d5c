using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Raft.Snapshots;

/// <summary>
/// A snapshot that a leader sends to a follower, chunk by chunk: a window of them is on its way at a time, and after a while without news all from the first that is not known to be there go again. It is kept a
/// while when the follower is given up, so that it goes on where it was when the follower is back.
/// </summary>
internal sealed class SnapshotTransfer
{
    private readonly byte[] _bytes;
    private readonly long _bytesOnWayMax;
    private int _heard;
    private int _farthest;

    /// <param name="snapshot">What is sent.</param>
    /// <param name="follower">To whom.</param>
    /// <param name="chunkBytes">Of it in one message.</param>
    /// <param name="window">Chunks that are on their way at a time.</param>
    public SnapshotTransfer(RaftSnapshot snapshot, int follower, int chunkBytes, int window)
    {
        (Snapshot, Follower, ChunkBytes, _bytesOnWayMax) = (snapshot, follower, chunkBytes, (long)window * chunkBytes);
        byte[] room = new byte[RaftWire.LengthMax(snapshot)];
        var writer = new VarintWriter(room);
        RaftWire.Write(ref writer, snapshot);
        _bytes = room[..writer.Length];
        Identity = new SnapshotIdentity(snapshot.Index, snapshot.Term, _bytes.Length, Crc32C.Of(_bytes));
    }

    public RaftSnapshot Snapshot { get; }

    public SnapshotIdentity Identity { get; }

    public int Follower { get; }

    public int ChunkBytes { get; }

    /// <summary>The follower has this many bytes from the first on.</summary>
    public int Received { get; private set; }

    /// <summary>This many bytes from the first on are on their way or there.</summary>
    public int Sent { get; private set; }

    /// <summary>Since the follower last had more than before, or the window was sent again.</summary>
    public int QuietTicks { get; set; }

    public bool IsDone => Received == _bytes.Length;

    /// <summary>Whether a chunk may be sent now; it counts as sent then.</summary>
    /// <param name="term">The leader's.</param>
    /// <param name="chunk">It.</param>
    /// <param name="isAgain">It was sent before.</param>
    public bool TryTake(long term, out SnapshotPart chunk, out bool isAgain)
    {
        isAgain = Sent < _farthest;
        int length = Math.Min(ChunkBytes, _bytes.Length - Sent);
        if (length == 0 || Sent - Received >= _bytesOnWayMax)
        {
            chunk = default;
            return false;
        }

        chunk = new SnapshotPart { Term = term, Snapshot = Identity, Offset = Sent, Bytes = _bytes.AsSpan(Sent, length) };
        Sent += length;
        _farthest = Math.Max(_farthest, Sent);
        return true;
    }

    /// <summary>The follower has so much; false where that is no news.</summary>
    public bool TakeReceived(int bytes)
    {
        _heard = bytes;
        if (bytes <= Received)
        {
            return false;
        }

        (Received, Sent, QuietTicks) = (bytes, Math.Max(Sent, bytes), 0);
        return true;
    }

    /// <summary>What is on its way counts as lost; and if the follower last spoke of less than it had, a crash lost that.</summary>
    public void Rewind() => Sent = Received = Math.Min(Received, _heard);
}
