using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>Commands and questions of clients, who are members of the host too; changes of members and hand-overs that an operator asks for.</summary>
public sealed partial class RaftServer
{
    private readonly List<Read> _reads = [];
    private readonly Stack<int> _freeReads = new();
    private readonly List<(int Slot, long Index)> _readable = [];
    private long[] _asked = [];
    private bool _wasLeader;

    private void OnClient(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        var verb = (ClientVerb)reader.Byte();
        long number = reader.Number();
        if (!reader.IsGood || number == 0 || input.Peer >= Sessions.ClientsMax)
        {
            MalformedCount++;
            return;
        }

        switch (verb)
        {
            case ClientVerb.Command:
                TakeCommand(input.Peer, number, reader.Rest(), ref turn);
                break;
            case ClientVerb.Question when _group.Options.Reads == ReadMode.Log:
                TakeCommand(input.Peer, number, reader.Rest(), ref turn);
                break;
            case ClientVerb.Question:
                TakeQuestion(input.Peer, number, reader.Rest(), ref turn);
                break;
            case ClientVerb.Reconfigure:
                Reconfigure(ref reader);
                break;
            case ClientVerb.Transfer:
                _core!.TransferTo(reader.Small(int.MaxValue));
                break;
            default:
                MalformedCount++;
                break;
        }
    }

    private void TakeCommand(int client, long number, ReadOnlySpan<byte> command, ref Turn turn)
    {
        if (_machine.IsRepeated(client, number) && _core!.Role == Role.Leader && _group.Options.Mutant != RaftMutant.ApplyTwice)
        {
            // It is applied: its answer was lost. (A client's older request, still on its way, is of no interest to it.)
            ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
            return;
        }

        Span<byte> room = Room(ReplicatedMachine.EntryLengthMax(command));
        ReadOnlySpan<byte> entry = ReplicatedMachine.Entry(room, client, number, command);
        StepResult result = Propose(entry, ref turn);
        if (result == StepResult.Dropped && _group.Forwards)
        {
            result = _core!.Forward(entry.ToArray());
        }

        if (result == StepResult.Dropped)
        {
            ClientMessage.SendElsewhere(client, number, LeadMember, ref turn);
            return;
        }

        if (client >= _asked.Length)
        {
            Array.Resize(ref _asked, Math.Max(client + 1, 2 * _asked.Length));
        }

        _asked[client] = number;
    }

    private StepResult Propose(ReadOnlySpan<byte> command, ref Turn turn)
    {
        if (_group.BatchNs == 0)
        {
            return _core!.Propose(command);
        }

        StepResult result = _core!.ProposeWithout(command);
        if (result == StepResult.Done && !_isBatching)
        {
            _isBatching = true;
            turn.SetTimer(BatchTimer, _group.BatchNs);
        }

        return result;
    }

    private void TakeQuestion(int client, long number, ReadOnlySpan<byte> question, ref Turn turn)
    {
        if (!_freeReads.TryPop(out int slot))
        {
            slot = _reads.Count;
            _reads.Add(new Read());
        }

        _reads[slot].Take(client, number, question);
        if (_core!.Read(slot) == StepResult.Dropped)
        {
            _freeReads.Push(slot);
            ClientMessage.SendElsewhere(client, number, LeadMember, ref turn);
        }
    }

    private void ReadMayBe(long token, long index) => _readable.Add(((int)token, index));

    private void AnswerReads(ref Turn turn)
    {
        for (int i = _readable.Count - 1; i >= 0; i--)
        {
            (int slot, long index) = _readable[i];
            if (index <= _core!.Applied)
            {
                Read read = _reads[slot];
                ClientMessage.Answer(read.Client, read.Number, Machine.Query(read.Question), ref turn);
                _readable.RemoveAt(i);
                _freeReads.Push(slot);
            }
        }
    }

    /// <summary>Reads go with the leadership: their clients ask again.</summary>
    private void RoleChanged(long nowNs)
    {
        bool isLeader = _core!.Role == Role.Leader;
        if (_wasLeader && !isLeader)
        {
            _readable.Clear();
            _freeReads.Clear();
            for (int slot = 0; slot < _reads.Count; slot++)
            {
                _freeReads.Push(slot);
            }
        }

        if (isLeader && !_wasLeader)
        {
            _group.Witness?.Elected(_id, _core, nowNs);
        }

        _wasLeader = isLeader;
    }

    private void ApplyCommand(ReadOnlySpan<byte> entry, ref Turn turn)
    {
        if (_machine.TryApply(entry, _group.Options.Mutant == RaftMutant.ApplyTwice, out int client, out long number) && client < _asked.Length && _asked[client] == number)
        {
            _asked[client] = 0;
            ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
        }
    }

    /// <summary>From the configuration as it is to the one that is wished for; while it is joint, out of that first.</summary>
    private void Reconfigure(ref VarintReader reader)
    {
        ulong voters = (ulong)reader.Number();
        ulong learners = (ulong)reader.Number();
        byte transition = reader.Byte();
        if (!reader.IsAtEnd || transition > (byte)Transition.JointExplicit || voters == 0)
        {
            MalformedCount++;
            return;
        }

        Configuration now = _core!.Configuration;
        if (now.IsJoint)
        {
            _ = _core.ProposeChange(MembershipProposal.Leave);
            return;
        }

        var changes = new List<MemberChange>();
        for (int id = 1; id < 63; id++)
        {
            bool votes = (voters >> id & 1) != 0;
            bool learns = !votes && (learners >> id & 1) != 0;
            if (votes && !now.Voters.Contains(id))
            {
                changes.Add(new MemberChange(ChangeKind.AddVoter, id));
            }
            else if (learns && !now.Learners.Contains(id))
            {
                changes.Add(new MemberChange(ChangeKind.AddLearner, id));
            }
            else if (!votes && !learns && now.IsMember(id))
            {
                changes.Add(new MemberChange(ChangeKind.Remove, id));
            }
        }

        if (changes.Count > 0)
        {
            _ = _core.ProposeChange(new MembershipProposal([.. changes], (Transition)transition));
        }
    }

    /// <summary>A question that waits for its turn.</summary>
    private sealed class Read
    {
        private byte[] _question = [];
        private int _length;

        public int Client { get; private set; }

        public long Number { get; private set; }

        public ReadOnlySpan<byte> Question => _question.AsSpan(0, _length);

        public void Take(int client, long number, ReadOnlySpan<byte> question)
        {
            if (_question.Length < question.Length)
            {
                _question = new byte[2 * question.Length];
            }

            question.CopyTo(_question);
            (Client, Number, _length) = (client, number, question.Length);
        }
    }
}
