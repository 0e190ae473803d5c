using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Ordering;

/// <summary>
/// Any broadcast, delivered in order: FIFO by a number for each origin, or causally [birman1991] by naming besides the broadcasts delivered since the
/// origin's last one, each origin's latest, and of these only those that no other one named implies. A payload that comes too early is held
/// back, for a bounded time: what has not come by then is given up and is not delivered when it comes. The inner process spreads payloads at once;
/// only deliveries wait. Costs 12 bytes of head a payload copy, causally 13 and 8 for each broadcast named, and the waiting. The host must give
/// payloads of different broadcasts different handles.
/// </summary>
public struct OrderedProcess<TInner>(TInner inner, OrderOptions options, OrderTables tables) : IProcess
    where TInner : struct, IProcess
{
    private readonly OrderOptions _options = options;
    private readonly OrderTables _tables = tables;
    private TInner _inner = inner;
    private uint _life;
    private uint _number;

    static int IProcess.TimerCount => TInner.TimerCount + 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Timer && input.Number == TInner.TimerCount)
        {
            GiveUp(ref turn);
            return;
        }

        ReadOnlySpan<byte> head = input.Head;
        if (input.Kind == InputKind.Message && input.Body != 0)
        {
            if (!Stamp.TrySplit(input.Head, _options.Order, _options.DependenciesMax, out head, out ReadOnlySpan<byte> stamp))
            {
                return;
            }

            if (_tables.Stamps.Get(turn.Self, input.Body).IsEmpty)
            {
                _tables.Stamps.Put(turn.Self, input.Body, stamp);
            }
        }
        else if (input.Kind == InputKind.Request && input.Body != 0)
        {
            StampOwn(input.Body, turn.Self);
        }
        else if (input.Kind == InputKind.Recovery && input.Number < 0)
        {
            _tables.Clear(turn.Self);
            // Another life: later than all before it, as long as the clock has moved by a millisecond.
            _life = (uint)(1 + (turn.Clock.LocalNs / 1_000_000));
        }

        int mark = OutputRevision.Mark(turn);
        _inner.On(new ProcessInput { Kind = input.Kind, Peer = input.Peer, Number = input.Number, Head = head, Body = input.Body }, ref turn);
        var reviser = new Reviser(_options, _tables);
        OutputRevision.Revise(mark, ref reviser, ref turn);
        SetTimer(ref turn);
    }

    private void StampOwn(int body, int self)
    {
        _number++;
        Span<byte> stamp = stackalloc byte[_options.StampLengthMax];
        int length = Stamp.Write(stamp, _options.Order, self, _life, _number, _tables.Dependencies.Of(self));
        _tables.Stamps.Put(self, body, stamp[..length]);
    }

    /// <summary>Lets go of what has waited too long, and of what waited for it.</summary>
    private readonly void GiveUp(ref Turn turn)
    {
        var reviser = new Reviser(_options, _tables);
        while (true)
        {
            int due = reviser.FirstHeld(turn.Self);
            if (due < 0 || _tables.Held.Of(turn.Self)[due].DueNs > turn.Clock.LocalNs)
            {
                break;
            }

            reviser.LetGo(due, ref turn);
        }

        SetTimer(ref turn);
    }

    private readonly void SetTimer(ref Turn turn)
    {
        int first = new Reviser(_options, _tables).FirstHeld(turn.Self);
        if (first >= 0)
        {
            turn.SetTimer(TInner.TimerCount, Math.Max(0, _tables.Held.Of(turn.Self)[first].DueNs - turn.Clock.LocalNs));
        }
    }

    private struct Reviser(OrderOptions options, OrderTables tables) : IOutputReviser
    {
        /// <summary>A stamped head lies on the stack.</summary>
        private const int StampedBytesMax = (1 << 14) - 1;

        private int _lastMessage = -1;
        private int _lastStamped;

        public int Send(int peer, int message, ReadOnlySpan<byte> head, int body, ref Turn turn)
        {
            if (body == 0)
            {
                return message;
            }

            // One message to many peers is stamped once.
            if (message == _lastMessage)
            {
                return _lastStamped;
            }

            ReadOnlySpan<byte> stamp = tables.Stamps.Get(turn.Self, body);
            if (stamp.IsEmpty || head.Length + stamp.Length > StampedBytesMax)
            {
                return -1;
            }

            Span<byte> stamped = stackalloc byte[head.Length + stamp.Length];
            head.CopyTo(stamped);
            stamp.CopyTo(stamped[head.Length..]);
            _lastMessage = message;
            _lastStamped = turn.Compose(stamped, body);
            return _lastStamped;
        }

        /// <summary>Delivers now what has its turn, and then whatever waited for it; holds back what has not.</summary>
        public readonly bool Deliver(int body, ref Turn turn)
        {
            ReadOnlySpan<byte> bytes = tables.Stamps.Get(turn.Self, body);
            if (bytes.IsEmpty)
            {
                return true;
            }

            Stamp stamp = Stamp.Read(bytes, options.Order);
            if (!HasTurn(turn.Self, stamp) && tables.Held.Count(turn.Self) == options.HeldMax)
            {
                LetGo(FirstHeld(turn.Self), ref turn);
            }

            if (IsLate(turn.Self, stamp))
            {
                return false;
            }

            if (HasTurn(turn.Self, stamp))
            {
                turn.Deliver(body);
                Count(turn.Self, stamp);
                Release(ref turn);
            }
            else
            {
                tables.HeldSoFar[turn.Self]++;
                tables.Held.Add(turn.Self, new Held { Body = body, DueNs = turn.Clock.LocalNs + options.HoldNs });
            }

            return false;
        }

        /// <summary>The one that has waited longest, or -1.</summary>
        public readonly int FirstHeld(int self)
        {
            Span<Held> held = tables.Held.Of(self);
            int first = -1;
            for (int i = 0; i < held.Length; i++)
            {
                first = first < 0 || held[i].DueNs < held[first].DueNs ? i : first;
            }

            return first;
        }

        /// <summary>
        /// One of those held back is let go as if those before it that have not come had: first of all one that nothing else held back comes before, so that
        /// nothing that did come is passed over; and then whatever waited for it.
        /// </summary>
        public readonly void LetGo(int i, ref Turn turn)
        {
            // As often as there are others at most: stamps of liars may go round in circles.
            for (int tries = tables.Held.Count(turn.Self); tries > 0; tries--)
            {
                int before = Before(i, turn.Self);
                if (before < 0)
                {
                    break;
                }

                i = before;
            }

            int body = tables.Held.Of(turn.Self)[i].Body;
            tables.Held.RemoveAt(turn.Self, i);
            ReadOnlySpan<byte> bytes = tables.Stamps.Get(turn.Self, body);
            if (!bytes.IsEmpty)
            {
                Stamp stamp = Stamp.Read(bytes, options.Order);
                if (IsLate(turn.Self, stamp))
                {
                    return;
                }

                Count(turn.Self, stamp);
            }

            turn.Deliver(body);
            Release(ref turn);
        }

        /// <summary>One held back that comes before another by its origin's numbers or is named by it, or -1.</summary>
        private readonly int Before(int later, int self)
        {
            Span<Held> held = tables.Held.Of(self);
            ReadOnlySpan<byte> bytes = tables.Stamps.Get(self, held[later].Body);
            for (int i = 0; i < held.Length && !bytes.IsEmpty; i++)
            {
                ReadOnlySpan<byte> others = tables.Stamps.Get(self, held[i].Body);
                if (i != later && !others.IsEmpty && Stamp.Read(others, options.Order).ComesBefore(Stamp.Read(bytes, options.Order)))
                {
                    return i;
                }
            }

            return -1;
        }

        private readonly bool IsLate(int self, in Stamp stamp)
        {
            ref OriginState origin = ref Origin(self, stamp);
            return stamp.Life < origin.Life || (stamp.Life == origin.Life && stamp.Number < origin.Next);
        }

        private readonly ref OriginState Origin(int self, in Stamp stamp)
        {
            BroadcastMemory<OriginState> origins = tables.Origins;
            int slot = origins.Find(self, stamp.Origin);
            if (slot < 0)
            {
                // Of origins that were forgotten the next number is unknown: what comes is taken for it.
                bool mayBeForgotten = origins.Count(self) == origins.Capacity;
                slot = origins.Add(self, stamp.Origin, 0);
                origins.State(slot) = new OriginState { Life = stamp.Life, Next = mayBeForgotten ? stamp.Number : 1 };
            }

            return ref origins.State(slot);
        }

        private readonly bool HasTurn(int self, in Stamp stamp)
        {
            ref OriginState origin = ref Origin(self, stamp);
            if (stamp.Number != (stamp.Life == origin.Life ? origin.Next : 1))
            {
                return false;
            }

            for (int i = 0; i < stamp.DependencyCount; i++)
            {
                (int earlier, uint number) = stamp.Dependency(i);
                int slot = tables.Origins.Find(self, earlier);
                bool isDelivered = slot < 0 ? tables.Origins.Count(self) == tables.Origins.Capacity : tables.Origins.State(slot).Next > number;
                if (earlier != self && !isDelivered)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>It is delivered: the next of its origin is the one after it, and whoever names it need not name what it named.</summary>
        private readonly void Count(int self, in Stamp stamp)
        {
            Origin(self, stamp) = new OriginState { Life = stamp.Life, Next = stamp.Number + 1 };
            if (options.Order == DeliveryOrder.Fifo)
            {
                return;
            }

            GrowingRows<(int Origin, uint Number)> dependencies = tables.Dependencies;
            for (int i = dependencies.Count(self) - 1; i >= 0; i--)
            {
                (int origin, uint number) = dependencies.Of(self)[i];
                bool isImplied = origin == stamp.Origin;
                for (int j = 0; j < stamp.DependencyCount && !isImplied; j++)
                {
                    isImplied = stamp.Dependency(j).Origin == origin && stamp.Dependency(j).Number >= number;
                }

                if (isImplied)
                {
                    dependencies.RemoveAt(self, i);
                }
            }

            // Its own last broadcast comes before the next by its number.
            if (stamp.Origin != self && !dependencies.Add(self, (stamp.Origin, stamp.Number)))
            {
                dependencies.RemoveAt(self, 0);
                dependencies.Add(self, (stamp.Origin, stamp.Number));
            }
        }

        /// <summary>Delivers those held back whose turn has come.</summary>
        private readonly void Release(ref Turn turn)
        {
            for (int i = 0; i < tables.Held.Count(turn.Self);)
            {
                int body = tables.Held.Of(turn.Self)[i].Body;
                ReadOnlySpan<byte> bytes = tables.Stamps.Get(turn.Self, body);
                bool isForgotten = bytes.IsEmpty;
                Stamp stamp = isForgotten ? default : Stamp.Read(bytes, options.Order);
                if (!isForgotten && !IsLate(turn.Self, stamp) && !HasTurn(turn.Self, stamp))
                {
                    i++;
                    continue;
                }

                tables.Held.RemoveAt(turn.Self, i);
                if (isForgotten || !IsLate(turn.Self, stamp))
                {
                    turn.Deliver(body);
                    if (!isForgotten)
                    {
                        Count(turn.Self, stamp);
                    }
                }

                i = 0;
            }
        }
    }
}
