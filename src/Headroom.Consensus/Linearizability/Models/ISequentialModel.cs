using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>
/// What an object does when it is called by one client at a time. A state is a number, and equal states are equal numbers: what does not fit into one is named by a
/// <see cref="SequenceTable"/>.
/// </summary>
public interface ISequentialModel<TSelf>
    where TSelf : struct, ISequentialModel<TSelf>
{
    /// <summary>The kinds of operations that the object takes.</summary>
    static abstract IReadOnlyList<OperationKind> Kinds { get; }

    /// <summary>
    /// True if the operations on one key may be judged apart by their input, because each speaks of that element alone and the object is as good as one object for each
    /// element (P-compositionality [horn2015]).
    /// </summary>
    static virtual bool IsApartByInput(IEnumerable<OperationKind> kinds) => false;

    /// <summary>A model whose states may be sequences of this table, to which it may add.</summary>
    static abstract TSelf Create(SequenceTable sequences);

    /// <summary>The state before the first operation.</summary>
    static abstract long Initial { get; }

    /// <summary>How many sequences are held for states, to be counted against the search's memory.</summary>
    int Held { get; }

    /// <summary>The state after the operation; false if in this state it would have been answered otherwise. A pending operation was not answered and always fits.</summary>
    bool TryStep(long state, in Operation operation, out long next);

    /// <summary>
    /// True of an operation that with its answer leaves every state in which it fits as it was. A search may put it into the order as soon as it fits: whatever order comes
    /// after holds without it too.
    /// </summary>
    static abstract bool Observes(in Operation operation);
}
