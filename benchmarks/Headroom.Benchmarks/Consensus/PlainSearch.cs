using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Benchmarks.Consensus;

/// <summary>The search of Wing and Gong [wing1993] as it was published, key by key: a linked list of calls and returns, no memory of configurations.</summary>
internal sealed class PlainSearch
{
    private Entry? _head;
    private long _steps;

    /// <summary>Whether there is an order; null if so many steps were not enough.</summary>
    public bool? Check(History history, long stepsMax)
    {
        _steps = stepsMax;
        foreach (IGrouping<int, Operation> key in history.Operations.ToArray().GroupBy(o => o.Key))
        {
            if (Search([.. key]) is not true and var verdict)
            {
                return verdict;
            }
        }

        return true;
    }

    private bool? Search(Operation[] operations)
    {
        _head = Link(operations);
        int answered = operations.Count(o => !o.IsPending);
        var ordered = new Stack<(Entry Entry, long State)>();
        long state = Value.None;
        Entry? at = _head.Next;
        while (answered > 0)
        {
            if (--_steps < 0)
            {
                return null;
            }

            if (at is { Return: var returns, IsCall: true } && default(CasRegisterModel).TryStep(state, at.Operation, out long next))
            {
                ordered.Push((at, state));
                state = next;
                at.Lift();
                returns?.Lift();
                answered -= returns is null ? 0 : 1;
                at = _head.Next;
            }
            else if (at is { IsCall: true })
            {
                at = at.Next;
            }
            else if (ordered.TryPop(out (Entry Entry, long State) last))
            {
                // A return that is not lifted, or the end: the last choice was wrong.
                state = last.State;
                answered += last.Entry.Return is null ? 0 : 1;
                last.Entry.Return?.PutBack();
                last.Entry.PutBack();
                at = last.Entry.Next;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static Entry Link(Operation[] operations)
    {
        var events = new List<(long At, bool IsReturn, Entry Entry)>();
        foreach (Operation operation in operations)
        {
            var call = new Entry { Operation = operation, IsCall = true };
            events.Add((operation.Call, false, call));
            if (!operation.IsPending)
            {
                call.Return = new Entry();
                events.Add((operation.Return, true, call.Return));
            }
        }

        var head = new Entry();
        Entry last = head;
        foreach ((_, _, Entry entry) in events.OrderBy(e => e.At).ThenBy(e => e.IsReturn))
        {
            (last.Next, entry.Previous) = (entry, last);
            last = entry;
        }

        return head;
    }

    private sealed class Entry
    {
        public Operation Operation { get; init; }

        public bool IsCall { get; init; }

        public Entry? Return { get; set; }

        public Entry? Next { get; set; }

        public Entry? Previous { get; set; }

        public void Lift()
        {
            Previous!.Next = Next;
            if (Next is not null)
            {
                Next.Previous = Previous;
            }
        }

        public void PutBack()
        {
            Previous!.Next = this;
            if (Next is not null)
            {
                Next.Previous = this;
            }
        }
    }
}
