using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>
/// Echo with extinction [tel2000, section 7.3]: every member starts a wave with its identifier; a member takes part in the greatest wave that it has seen only, passes it on to its neighbours and echoes it to whom it got it from once all others
/// have sent it too. A member whose own wave has come back from all neighbours leads, and floods that. Any connected graph with links both ways; links lose and duplicate nothing; order and delays do not matter.
/// </summary>
public struct EchoExtinctionProcess(long identifier, Topology topology) : IElectionProcess
{
    private readonly long _identifier = identifier;
    private readonly Topology _topology = topology;
    private long _wave = identifier;
    private int _parent = -1;
    private int _heard;

    public static int TimerCount => 0;

    public long Leader { get; private set; } = -1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Start)
        {
            if (_topology.Degree(turn.Self) == 0)
            {
                Leader = _identifier;
                return;
            }

            SendAllBut(-1, new ElectionMessage(ElectionVerb.Candidate, _identifier), ref turn);
        }
        else if (input.Kind == InputKind.Message && ElectionMessage.TryRead(input.Head, out ElectionMessage message))
        {
            Take(message, input.Peer, ref turn);
        }
    }

    private void Take(ElectionMessage message, int from, ref Turn turn)
    {
        if (message.Verb == ElectionVerb.Leader)
        {
            Learn(message.Identifier, from, ref turn);
        }
        else if (message.Verb == ElectionVerb.Candidate && message.Identifier >= _wave)
        {
            if (message.Identifier > _wave)
            {
                _wave = message.Identifier;
                _parent = from;
                _heard = 0;
                SendAllBut(from, message, ref turn);
            }

            _heard++;
            if (_heard == _topology.Degree(turn.Self))
            {
                Complete(ref turn);
            }
        }
    }

    private void Complete(ref Turn turn)
    {
        if (_wave == _identifier)
        {
            Learn(_identifier, -1, ref turn);
        }
        else
        {
            turn.Send(_parent, new ElectionMessage(ElectionVerb.Candidate, _wave));
        }
    }

    private void Learn(long leader, int from, ref Turn turn)
    {
        if (Leader < 0)
        {
            Leader = leader;
            SendAllBut(from, new ElectionMessage(ElectionVerb.Leader, leader), ref turn);
        }
    }

    private readonly void SendAllBut(int except, ElectionMessage message, ref Turn turn)
    {
        int composed = turn.Compose(message);
        int degree = _topology.Degree(turn.Self);
        for (int i = 0; i < degree; i++)
        {
            int peer = _topology.Peer(turn.Self, i);
            if (peer != except)
            {
                turn.Send(peer, composed);
            }
        }
    }
}
