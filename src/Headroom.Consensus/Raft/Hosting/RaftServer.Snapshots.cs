using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Snapshots;
using Headroom.Consensus.Raft.Tracking;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>Snapshots go to followers in chunks: the core knows them as one message, which is begun, answered for and put together here.</summary>
public sealed partial class RaftServer
{
    /// <summary>Longer than an answer takes: a tick is at least half of the longest round trip.</summary>
    private const int QuietTicksMax = 3;

    /// <summary>A transfer waits for a follower that was given up as many times longer as it took to give it up.</summary>
    private const int Patience = 4;

    private readonly List<SnapshotTransfer> _transfers = [];
    private readonly SnapshotAssembly _assembly = new();
    private long _transfersTerm;

    /// <summary>The core wants a follower to have a snapshot: the one that is on its way to it goes on where it was.</summary>
    private void SendSnapshot(in RaftMessage message, ref Turn turn)
    {
        if (_transfersTerm != message.Term)
        {
            _transfers.Clear();
            _transfersTerm = message.Term;
        }

        SnapshotTransfer? transfer = TransferTo(message.To);
        if (transfer is null || !ReferenceEquals(transfer.Snapshot, message.Snapshot))
        {
            _ = _transfers.Remove(transfer!);
            _transfers.Add(transfer = new SnapshotTransfer(message.Snapshot!, message.To, _group.SnapshotChunkBytes, _group.SnapshotWindow));
        }

        transfer.Rewind();
        transfer.QuietTicks = 0;
        SendChunks(transfer, ref turn);
    }

    /// <summary>The snapshot that a follower is being sent is good as long as the log goes on behind it; a member that the last snapshot does not know yet would refuse it, and gets the state as it is now.</summary>
    private RaftSnapshot? SnapshotToSend(int follower)
    {
        RaftCore core = _core!;
        return TransferTo(follower) is { } transfer && _transfersTerm == core.Term && transfer.Snapshot.Configuration == core.Configuration && transfer.Snapshot.Index >= core.FirstIndex - 1 ? transfer.Snapshot
            : _snapshot.Configuration == core.Configuration || _machineIndex <= _snapshot.Index || !core.TryTerm(_machineIndex, out long term) ? _snapshot
            : new RaftSnapshot(_machineIndex, term, core.Configuration, _machine.Save());
    }

    /// <summary>What follows a snapshot on its way is kept: the follower needs it next.</summary>
    private long Needed(long index)
    {
        foreach (SnapshotTransfer transfer in _transfers)
        {
            index = Math.Min(index, transfer.Snapshot.Index);
        }

        return index;
    }

    private SnapshotTransfer? TransferTo(int follower) => _transfers.Find(transfer => transfer.Follower == follower);

    private void SendChunks(SnapshotTransfer transfer, ref Turn turn)
    {
        Span<byte> room = Room(SnapshotPart.HeadBytesMax + transfer.ChunkBytes);
        while (transfer.TryTake(_core!.Term, out SnapshotPart chunk, out bool isAgain))
        {
            _group.Witness?.ChunkSent(_id, transfer.Follower, chunk.Offset, isAgain, turn.Clock.LocalNs);
            // What a snapshot holds is committed: it rests on nothing that our disk has yet to write.
            turn.Send(MemberOf(transfer.Follower), turn.Compose(room[..chunk.Write(room, SnapshotPart.Chunk)]), urgent: true);
        }
    }

    /// <summary>A lost chunk goes again; who needs none any more, or was given up for a while, is forgotten.</summary>
    private void TickTransfers(ref Turn turn)
    {
        for (int i = _transfers.Count - 1; i >= 0; i--)
        {
            SnapshotTransfer transfer = _transfers[i];
            ProgressState? state = _core!.Role == Role.Leader && _core.Term == _transfersTerm ? _core.StateOf(transfer.Follower) : null;
            transfer.QuietTicks++;
            if (state is null or ProgressState.Replicate || (state == ProgressState.Probe && transfer.QuietTicks > Patience * _group.Options.SnapshotTicksMax))
            {
                _transfers.RemoveAt(i);
            }
            else if (state == ProgressState.Snapshot && transfer.QuietTicks % QuietTicksMax == 0)
            {
                transfer.Rewind();
                SendChunks(transfer, ref turn);
            }
        }
    }

    private void OnSnapshotPart(in ProcessInput input, ref Turn turn)
    {
        int from = input.Peer - _group.FirstMember + 1;
        if (!SnapshotPart.TryRead(input.Head, out byte verb, out SnapshotPart part))
        {
            MalformedCount++;
        }
        else if (verb == SnapshotPart.Received)
        {
            TakeReceived(from, part, ref turn);
        }
        else if (part.Term >= _core!.Term)
        {
            TakeChunk(from, part, ref turn);
        }
    }

    private void TakeReceived(int follower, in SnapshotPart answer, ref Turn turn)
    {
        RaftCore core = _core!;
        if (core.Role != Role.Leader || answer.Term != core.Term || TransferTo(follower) is not { } transfer || transfer.Identity != answer.Snapshot || !transfer.TakeReceived(answer.Offset))
        {
            return;
        }

        core.SnapshotAdvanced(follower);
        if (transfer.IsDone)
        {
            // That it was applied, and is durable, the follower says itself.
            _ = _transfers.Remove(transfer);
            core.ReportSnapshot(follower, arrived: true);
        }
        else if (core.StateOf(follower) == ProgressState.Snapshot)
        {
            SendChunks(transfer, ref turn);
        }
    }

    private void TakeChunk(int leader, in SnapshotPart chunk, ref Turn turn)
    {
        if (chunk.Snapshot.Index <= _core!.Committed)
        {
            // It is of no use any more: as good as there.
            SayReceived(leader, chunk, chunk.Snapshot.Length, ref turn);
            return;
        }

        if (!_assembly.TryTake(chunk, mixes: _group.Options.Mutant == RaftMutant.MixSnapshots))
        {
            return;
        }

        bool isWhole = _assembly.IsWhole;
        RaftSnapshot? snapshot = isWhole ? _assembly.Finish() : null;
        // One that its checksum denies begins anew.
        SayReceived(leader, chunk, isWhole ? snapshot is null ? 0 : chunk.Snapshot.Length : _assembly.Received, ref turn);
        if (snapshot is not null)
        {
            Step(new RaftMessage { Kind = MessageKind.Snapshot, From = leader, To = _id, Term = chunk.Term, Snapshot = snapshot }, turn.Clock.LocalNs);
        }
    }

    private void SayReceived(int leader, in SnapshotPart chunk, int received, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[SnapshotPart.HeadBytesMax];
        var answer = new SnapshotPart { Term = chunk.Term, Snapshot = chunk.Snapshot, Offset = received };
        turn.Send(MemberOf(leader), turn.Compose(room[..answer.Write(room, SnapshotPart.Received)]), urgent: true);
    }
}
