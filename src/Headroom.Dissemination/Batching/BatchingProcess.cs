using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Batching;

/// <summary>
/// Any protocol, whose messages wait up to a time so that those to the same peer share packets (as Nagle's algorithm does for one connection [nagle1984]). Every
/// message is sent as it is: only headers are saved, and each hop takes up to that time longer. The wait should be short against the inner
/// protocol's time-outs. Hosts that send each message in a packet of its own gain nothing.
/// </summary>
public struct BatchingProcess<TInner>(TInner inner, long waitNs, BatchTables tables) : IProcess
    where TInner : struct, IProcess
{
    private readonly long _waitNs = waitNs;
    private readonly BatchTables _tables = tables;
    private TInner _inner = inner;

    static int IProcess.TimerCount => TInner.TimerCount + 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Timer && input.Number == TInner.TimerCount)
        {
            Flush(_tables, ref turn);
            return;
        }

        if (input.Kind == InputKind.Recovery && input.Number < 0)
        {
            _tables.Clear(turn.Self);
        }

        int mark = OutputRevision.Mark(turn);
        bool isEmpty = _tables.Of(turn.Self).IsEmpty;
        _inner.On(input, ref turn);
        var reviser = new Reviser(_tables);
        OutputRevision.Revise(mark, ref reviser, ref turn);
        if (isEmpty && !_tables.Of(turn.Self).IsEmpty)
        {
            turn.SetTimer(TInner.TimerCount, _waitNs);
        }
    }

    /// <summary>Sends all that waits, peer by peer, each peer's in the order in which it came.</summary>
    private static void Flush(BatchTables tables, ref Turn turn)
    {
        Span<Waiting> waiting = tables.Of(turn.Self);
        waiting.Sort(static (a, b) => a.Peer != b.Peer ? a.Peer.CompareTo(b.Peer) : a.Order.CompareTo(b.Order));
        for (int i = 0; i < waiting.Length; i++)
        {
            int message = turn.Compose(tables.Head(turn.Self, waiting[i]), waiting[i].Body);
            turn.Pack(waiting[i].Peer, message, isFirst: i == 0 || waiting[i - 1].Peer != waiting[i].Peer);
        }

        tables.Clear(turn.Self);
    }

    private struct Reviser(BatchTables tables) : IOutputReviser
    {
        private int _lastMessage = -1;

        public int Send(int peer, int message, ReadOnlySpan<byte> head, int body, ref Turn turn)
        {
            bool isSame = message == _lastMessage;
            if (!tables.Add(turn.Self, peer, head, body, isSame))
            {
                Flush(tables, ref turn);
                tables.Add(turn.Self, peer, head, body, isSameAsLast: false);
            }

            _lastMessage = message;
            return -1;
        }

        public readonly bool Deliver(int body, ref Turn turn) => true;
    }
}
