using Headroom.Simulation.Processes;

namespace Headroom.Consensus.LeaderElection;

/// <summary>
/// The bully election [garciamolina1982]: a member asks all with greater identifiers; one that lives answers and asks in its turn; who gets no answer in time leads, and tells all with smaller identifiers. A request to a member says that the leader is
/// suspected, and begins an election unless its number is another's than whom the member takes for leader; so does recovery. Every member reaches every other, and delays keep within a bound; identifiers are known to all.
/// </summary>
/// <param name="identifiers">Of all members.</param>
/// <param name="self">The member's number.</param>
/// <param name="roundTripNs">A question is answered within this time by whoever lives.</param>
public struct BullyProcess(IReadOnlyList<long> identifiers, int self, long roundTripNs) : IElectionProcess
{
    private readonly IReadOnlyList<long> _identifiers = identifiers;
    private readonly long _identifier = identifiers[self];
    private readonly long _roundTripNs = roundTripNs;
    private bool _isAsking;
    private bool _isAnswered;

    /// <summary>One: no answer, or an answer and no leader after it.</summary>
    public static int TimerCount => 1;

    public long Leader { get; private set; } = -1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Request when input.Number < 0 || Leader < 0 || Leader == input.Number:
            case InputKind.Recovery when input.Number < 0:
                Ask(ref turn);
                break;
            case InputKind.Timer when _isAsking && _isAnswered:
                _isAsking = false;
                Ask(ref turn);
                break;
            case InputKind.Timer when _isAsking:
                Lead(ref turn);
                break;
            case InputKind.Message when ElectionMessage.TryRead(input.Head, out ElectionMessage message):
                Take(message, input.Peer, ref turn);
                break;
        }
    }

    private void Take(ElectionMessage message, int from, ref Turn turn)
    {
        switch (message.Verb)
        {
            case ElectionVerb.Question when message.Identifier < _identifier && Leader == _identifier:
                turn.Send(from, new ElectionMessage(ElectionVerb.Leader, _identifier));
                break;
            case ElectionVerb.Question when message.Identifier < _identifier:
                turn.Send(from, new ElectionMessage(ElectionVerb.Answer, _identifier));
                Ask(ref turn);
                break;
            case ElectionVerb.Answer when _isAsking && message.Identifier > _identifier && !_isAnswered:
                _isAnswered = true;
                // The one that answered has its own round trip to wait out, and then a message to send; those above it, were they to crash, theirs.
                turn.SetTimer(0, 2 * _roundTripNs);
                break;
            case ElectionVerb.Leader when message.Identifier > _identifier:
                _isAsking = false;
                Leader = message.Identifier;
                turn.CancelTimer(0);
                break;
            case ElectionVerb.Leader when message.Identifier < _identifier:
                Ask(ref turn);
                break;
        }
    }

    private void Ask(ref Turn turn)
    {
        if (_isAsking)
        {
            return;
        }

        _isAsking = true;
        _isAnswered = false;
        Leader = -1;
        if (SendAll(above: true, ElectionVerb.Question, ref turn) == 0)
        {
            Lead(ref turn);
        }
        else
        {
            turn.SetTimer(0, _roundTripNs);
        }
    }

    private void Lead(ref Turn turn)
    {
        _isAsking = false;
        Leader = _identifier;
        SendAll(above: false, ElectionVerb.Leader, ref turn);
    }

    private readonly int SendAll(bool above, ElectionVerb verb, ref Turn turn)
    {
        int sent = 0;
        int message = turn.Compose(new ElectionMessage(verb, _identifier));
        for (int peer = 0; peer < _identifiers.Count; peer++)
        {
            if (above ? _identifiers[peer] > _identifier : _identifiers[peer] < _identifier)
            {
                turn.Send(peer, message);
                sent++;
            }
        }

        return sent;
    }
}
