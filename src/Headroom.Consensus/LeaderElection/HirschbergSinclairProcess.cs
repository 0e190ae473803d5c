using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>
/// Hirschberg's and Sinclair's election [hirschberg1980]: in phase k a candidate's identifier goes 2^k members far both ways and comes back if none of them is greater; who gets both back goes on to the next phase, and whose
/// identifier comes home round the ring leads and says so once round. Links lose and duplicate nothing; order and delays do not matter.
/// </summary>
public struct HirschbergSinclairProcess(long identifier, int members) : IElectionProcess
{
    private const byte BothWays = 3;

    private readonly long _identifier = identifier;
    private readonly int _members = members;
    private byte _phase;
    private byte _returned;

    public static int TimerCount => 0;

    public long Leader { get; private set; } = -1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Start)
        {
            Start(ref turn);
        }
        else if (input.Kind == InputKind.Message && ElectionMessage.TryRead(input.Head, out ElectionMessage message))
        {
            Take(message, ref turn);
        }
    }

    private void Start(ref Turn turn)
    {
        if (_members == 1)
        {
            Leader = _identifier;
            return;
        }

        BeginPhase(ref turn);
    }

    private void Take(ElectionMessage message, ref Turn turn)
    {
        switch (message.Verb)
        {
            case ElectionVerb.Candidate:
                TakeCandidate(message, ref turn);
                break;
            case ElectionVerb.Return when message.Identifier != _identifier:
                Pass(message, ref turn);
                break;
            case ElectionVerb.Return when message.Phase == _phase:
                // A message that returns travels the other way than its candidate; which of the two it is does not matter as long as they differ.
                _returned |= (byte)(1 << message.Way);
                if (_returned == BothWays && _phase < ElectionMessage.PhaseMax)
                {
                    _phase++;
                    BeginPhase(ref turn);
                }

                break;
            case ElectionVerb.Leader when message.Identifier != _identifier && Leader < 0:
                Leader = message.Identifier;
                Pass(message, ref turn);
                break;
        }
    }

    private void TakeCandidate(ElectionMessage message, ref Turn turn)
    {
        if (message.Identifier == _identifier)
        {
            if (Leader < 0)
            {
                Leader = _identifier;
                Pass(new ElectionMessage(ElectionVerb.Leader, _identifier), ref turn);
            }
        }
        else if (message.Identifier > _identifier)
        {
            Pass(
                message.Hops < 1 << message.Phase
                    ? message with { Hops = message.Hops + 1 }
                    : new ElectionMessage(ElectionVerb.Return, message.Identifier, message.Phase, (byte)(1 - message.Way)),
                ref turn);
        }
    }

    private void BeginPhase(ref Turn turn)
    {
        _returned = 0;
        Pass(new ElectionMessage(ElectionVerb.Candidate, _identifier, _phase, 0, 1), ref turn);
        Pass(new ElectionMessage(ElectionVerb.Candidate, _identifier, _phase, 1, 1), ref turn);
    }

    private readonly void Pass(ElectionMessage message, ref Turn turn) =>
        turn.Send((turn.Self + (message.Way == 0 ? 1 : _members - 1)) % _members, message);
}
