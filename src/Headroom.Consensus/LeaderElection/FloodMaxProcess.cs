using Headroom.Graphs.Paths;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>
/// Flood-max [lynch1996, section 4.1]: in each round a member tells all its neighbours the greatest identifier that it has heard of; after as many rounds as the diameter everybody has heard of the greatest, and leads if that is
/// its own. A round needs no clock: it ends when every neighbour's message of it is in, and no neighbour can be more than one round ahead. Links lose and duplicate nothing; order and delays do not matter.
/// </summary>
/// <param name="identifier">The member's.</param>
/// <param name="topology">Connected, links both ways.</param>
/// <param name="diameter">Of the topology, in links; all know it.</param>
public struct FloodMaxProcess(long identifier, Topology topology, int diameter) : IElectionProcess
{
    private readonly Topology _topology = topology;
    private readonly int _diameter = diameter;
    private long _greatest = identifier;
    private long _greatestAhead = -1;
    private int _round;
    private int _heard;
    private int _heardAhead;

    public static int TimerCount => 0;

    public long Leader { get; private set; } = -1;

    /// <summary>Links of the longest of the shortest ways between two members.</summary>
    public static int Diameter(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return topology.Graph is { } graph
            ? BreadthFirst.Diameter(graph) ?? throw new ArgumentException("a connected topology is expected", nameof(topology))
            : Math.Min(1, topology.Members - 1);
    }

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Start)
        {
            Tell(ref turn);
            GoOn(ref turn);
        }
        else if (input.Kind == InputKind.Message && ElectionMessage.TryRead(input.Head, out ElectionMessage message) && message.Verb == ElectionVerb.Candidate)
        {
            if (message.Hops == _round)
            {
                _heard++;
                _greatest = Math.Max(_greatest, message.Identifier);
            }
            else if (message.Hops == _round + 1)
            {
                _heardAhead++;
                _greatestAhead = Math.Max(_greatestAhead, message.Identifier);
            }

            GoOn(ref turn);
        }
    }

    /// <summary>Ends rounds for which all is in.</summary>
    private void GoOn(ref Turn turn)
    {
        while (_round < _diameter && _heard == _topology.Degree(turn.Self))
        {
            _round++;
            Tell(ref turn);
            _greatest = Math.Max(_greatest, _greatestAhead);
            (_heard, _heardAhead, _greatestAhead) = (_heardAhead, 0, -1);
        }

        if (_round == _diameter)
        {
            Leader = _greatest;
        }
    }

    private readonly void Tell(ref Turn turn)
    {
        if (_round == _diameter)
        {
            return;
        }

        int message = turn.Compose(new ElectionMessage(ElectionVerb.Candidate, _greatest, Hops: _round));
        int degree = _topology.Degree(turn.Self);
        for (int i = 0; i < degree; i++)
        {
            turn.Send(_topology.Peer(turn.Self, i), message);
        }
    }
}
