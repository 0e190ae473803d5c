using Headroom.Consensus.Replication;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>Commands and questions of clients; what is chosen applied, in order; snapshots.</summary>
public sealed partial class PaxosServer
{
    private readonly Queue<(int Client, long Number, byte[] Entry)> _pending = new();
    private readonly Queue<(int Client, long Number, byte[] Question, long Round)> _reads = new();
    private readonly Dictionary<int, long> _asked = [];
    private long _applied;
    private long _snapshotSlot;
    private byte[] _snapshot = [];

    private void OnClient(in ProcessInput input, ref Turn turn)
    {
        int client = input.Peer;
        if (!ClientMessage.TryRead(client, input.Head, out ClientVerb verb, out long number, out ReadOnlySpan<byte> request))
        {
            MalformedCount++;
            return;
        }

        if (Role != PaxosRole.Leading)
        {
            ClientMessage.SendElsewhere(client, number, _leader, ref turn);
        }
        else if (verb == ClientVerb.Question && _options.Reads != PaxosReads.Log)
        {
            // A round that is under way began before the read: the read waits for the next.
            bool isIdle = _confirmedRound == _round;
            _reads.Enqueue((client, number, request.ToArray(), _round + 1));
            if (isIdle && !HoldsLease(turn.Clock.LocalNs) && _options.Mutant != PaxosMutant.ReadWithoutRound)
            {
                Beat(ref turn);
            }
        }
        else if (_machine.IsRepeated(client, number) && _options.Mutant != PaxosMutant.ApplyTwice)
        {
            // It is applied: its answer was lost. (A client's older request, still on its way, is of no interest to it.)
            ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
        }
        else
        {
            _asked[client] = number;
            _pending.Enqueue((client, number, ReplicatedMachine.Entry(client, number, request)));
        }
    }

    /// <summary>Commands take slots as long as the window has room.</summary>
    private void ProposePending(ref Turn turn)
    {
        while (_next - Committed <= _options.Window && _pending.TryDequeue(out (int Client, long Number, byte[] Entry) pending))
        {
            Propose(pending.Entry, ref turn);
            if (_options.Mutant == PaxosMutant.ApplyBeforeChosen && _log.Advance())
            {
                Apply(ref turn);
            }
        }
    }

    /// <summary>Reads see what is applied when they are answered, which holds all that earlier leaders can have chosen, and all of this one that was answered.</summary>
    private void AnswerReads(ref Turn turn)
    {
        while (Committed >= _termEnd && _reads.TryPeek(out (int Client, long Number, byte[] Question, long Round) read)
            && (_confirmedRound >= read.Round || HoldsLease(turn.Clock.LocalNs) || _options.Mutant == PaxosMutant.ReadWithoutRound))
        {
            _reads.Dequeue();
            ClientMessage.Answer(read.Client, read.Number, Machine.Query(read.Question), ref turn);
        }

        if (Committed >= _termEnd && _reads.Count > 0 && _confirmedRound == _round)
        {
            Beat(ref turn);
            if (_confirmedRound == _round)
            {
                AnswerReads(ref turn);
            }
        }
    }

    private void SendWaitingElsewhere(ref Turn turn)
    {
        while (_pending.TryDequeue(out (int Client, long Number, byte[] Entry) pending))
        {
            ClientMessage.SendElsewhere(pending.Client, pending.Number, _leader, ref turn);
        }

        while (_reads.TryDequeue(out (int Client, long Number, byte[] Question, long Round) read))
        {
            ClientMessage.SendElsewhere(read.Client, read.Number, _leader, ref turn);
        }
    }

    private void Apply(ref Turn turn)
    {
        while (_applied < Committed)
        {
            byte[] entry = _log[++_applied].Value!;
            _options.Witness?.Applied(_self, _applied, entry, turn.Clock.LocalNs);
            if (_machine.TryApply(entry, _options.Mutant == PaxosMutant.ApplyTwice, out int client, out long number) && _asked.TryGetValue(client, out long asked) && asked == number)
            {
                _asked.Remove(client);
                ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
            }
        }

        if (_options.SnapshotEvery > 0 && _applied - _snapshotSlot >= _options.SnapshotEvery)
        {
            (_snapshotSlot, _snapshot) = (_applied, _machine.Save());
            _options.Witness?.Saved(_self, _applied, _snapshot, isOwn: true, turn.Clock.LocalNs);
            _page.Clear();
            Persist(PaxosRecord.Snapshot, default, _applied, ref turn, _snapshot);
            _log.DropUpTo(Math.Max(_log.First - 1, _applied - _options.Retained));
        }
    }
}
