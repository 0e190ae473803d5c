using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>What the registrar says, and how a new tail comes in: it is copied from the tail, and follows it as one more link; when it has everything the tail reads no more, and says so.</summary>
public sealed partial class ChainServer
{
    private bool _hasCopy;

    /// <summary>At the tail: who joins has the state. From now on what it has not is not stable.</summary>
    private bool _waitsForJoining;

    /// <summary>At the tail: who joins has all that was ever answered, and may be the tail already.</summary>
    private bool _isHandingOver;

    /// <summary>At the tail: what who joins has; -1 before it has the state.</summary>
    private long _joined = -1;

    /// <summary>At the tail: updates from this one on are kept for who joins.</summary>
    private long? _keepFrom;

    /// <summary>The last acknowledgement in this epoch.</summary>
    private long _told;

    /// <summary>The registrar's word counts if it is newer and meant for this incarnation.</summary>
    private void OnConfiguration(in ChainMessage message, ChainConfiguration next, ref Turn turn)
    {
        if (message.Incarnation != _incarnation || next.Epoch <= (Configuration?.Epoch ?? 0))
        {
            return;
        }

        Configuration = next;
        (_hasCopy, _waitsForJoining, _isHandingOver, _joined, _keepFrom, _told) = (false, false, false, -1, null, -1);
        _versions.Clear();
        if (!next.Contains(_self))
        {
            _leaseEndNs = null;
        }
        else if (next.After(_self) == next.Joining)
        {
            if (next.Joining >= 0)
            {
                SendCopy(ref turn);
            }
        }
        else
        {
            SendFrom(next.After(_self), _stable + 1, ref turn);
        }

        PassReadsOn(ref turn);
        if (next.Contains(_self))
        {
            Settle(ref turn);
        }
    }

    /// <summary>To who joins: the state, and what has come since.</summary>
    private void SendCopy(ref Turn turn)
    {
        _keepFrom = Applied + 1;
        ChainConfiguration chain = Configuration!;
        Send(chain.Joining, new ChainMessage(ChainVerb.Copy, chain.Epoch, Sequence: Applied), _machine.Save(), ref turn);
        SendFrom(chain.Joining, Applied + 1, ref turn);
        if (_options.Mutant == ChainMutant.JoinEarly)
        {
            (_waitsForJoining, _joined) = (true, long.MaxValue);
            HandOverIfDue(ref turn);
        }
    }

    private void OnCopy(int peer, in ChainMessage message, ref Turn turn)
    {
        if (Configuration is not { } chain || chain.Joining != _self || peer != chain.Tail || message.Epoch != chain.Epoch)
        {
            return;
        }

        if (!_hasCopy || message.Sequence > Last)
        {
            byte[] state = _received[0];
            if (!_machine.TryLoad(state))
            {
                Refuse($"the state after update {message.Sequence} that server {peer} sent has no form", turn.Clock.LocalNs);
                return;
            }

            _updates.Clear();
            _writing.Clear();
            (_hasCopy, _told, _first, Last, Applied, _stable) = (true, -1, message.Sequence + 1, message.Sequence, message.Sequence, message.Sequence);
            _durableLast = _options.IsDurable ? 0 : Last;
            _options.Witness?.Saved(_self, Applied, state, isOwn: false, turn.Clock.LocalNs);
            PersistState(state, ref turn);
            _writing.Enqueue((Appended, Last));
        }

        // Leaves when what it rests on is durable.
        Send(peer, new ChainMessage(ChainVerb.Acknowledgement, chain.Epoch, Sequence: Last), ref turn);
    }

    private void HandOverIfDue(ref Turn turn)
    {
        if (_waitsForJoining && !_isHandingOver && _joined >= _stable)
        {
            _isHandingOver = true;
            Send(_options.Servers, new ChainMessage(ChainVerb.CaughtUp, Configuration!.Epoch, Incarnation: _incarnation), ref turn);
        }
    }

    private void JoinAgain(ref Turn turn)
    {
        ChainConfiguration chain = Configuration!;
        if (chain.Tail != _self || chain.Joining < 0)
        {
            return;
        }

        if (_isHandingOver)
        {
            Send(_options.Servers, new ChainMessage(ChainVerb.CaughtUp, chain.Epoch, Incarnation: _incarnation), ref turn);
        }

        if (_joined < 0)
        {
            SendCopy(ref turn);
        }
        else if (_joined < Last)
        {
            SendFrom(chain.Joining, _joined + 1, ref turn);
        }
    }
}
