using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>
/// What an object does when it is called by one client at a time. A state is a number, and equal states are equal numbers: what does not fit into one is named by a
/// <see cref="SequenceTable"/>.
/// </summary>
public interface ISequentialModel<TSelf>
    where TSelf : struct, ISequentialModel<TSelf>
{
    /// <summary>The operations that the object takes, and what they are called; of several names of one kind the first is the one that is printed.</summary>
    static abstract IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; }

    /// <summary>
    /// True if the operations on one key may be judged apart by their input, because each speaks of that element alone and the object is as good as one object for each
    /// element (P-compositionality [horn2015]).
    /// </summary>
    static virtual bool IsApartByInput(IEnumerable<OperationKind> kinds) => false;

    /// <summary>The model of a history's object, whose states may be sequences of a branch of the history's table.</summary>
    static abstract TSelf Create(History history);

    /// <summary>The state before the first operation.</summary>
    long Initial { get; }

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
