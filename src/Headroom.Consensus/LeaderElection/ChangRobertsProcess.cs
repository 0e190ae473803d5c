using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>
/// LeLann's election with Chang's and Roberts' extinction [chang1979]: identifiers travel one way round the ring, a member passes greater ones on and swallows smaller ones, and whose own comes home leads
/// and says so once round. Links lose and duplicate nothing; order and delays do not matter.
/// </summary>
public struct ChangRobertsProcess(long identifier, int members) : IElectionProcess
{
    private readonly long _identifier = identifier;
    private readonly int _members = members;

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

        Pass(new ElectionMessage(ElectionVerb.Candidate, _identifier), ref turn);
    }

    private void Take(ElectionMessage message, ref Turn turn)
    {
        if (message.Verb == ElectionVerb.Candidate)
        {
            if (message.Identifier > _identifier)
            {
                Pass(message, ref turn);
            }
            else if (message.Identifier == _identifier && Leader < 0)
            {
                Leader = _identifier;
                Pass(new ElectionMessage(ElectionVerb.Leader, _identifier), ref turn);
            }
        }
        else if (message.Verb == ElectionVerb.Leader && message.Identifier != _identifier && Leader < 0)
        {
            Leader = message.Identifier;
            Pass(message, ref turn);
        }
    }

    private readonly void Pass(ElectionMessage message, ref Turn turn) => turn.Send((turn.Self + 1) % _members, message);
}
