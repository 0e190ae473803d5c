namespace Headroom.Consensus.Histories;

/// <summary>
/// What an operation asks of an object. <see cref="Operation.Input"/>, <see cref="Operation.Expected"/> and <see cref="Operation.Output"/> hold what is said beside each;
/// what has no answer has <see cref="Value.None"/> as its output.
/// </summary>
public enum OperationKind : byte
{
    /// <summary>Output: the value, or <see cref="Value.None"/> where there is none. Of a store: get.</summary>
    Read,

    /// <summary>Input: the new value. Of a store: put.</summary>
    Write,

    /// <summary>Input: the new value; expected: the value that it replaces; output: <see cref="Value.True"/>, or <see cref="Value.False"/> where another value was found.</summary>
    CompareAndSet,

    /// <summary>Input: the text that is put behind the value; behind nothing it is the value.</summary>
    Append,

    /// <summary>Afterwards there is no value.</summary>
    Delete,

    /// <summary>Input: the value that joins the end of the queue.</summary>
    Enqueue,

    /// <summary>Output: the value at the queue's front, which leaves; <see cref="Value.None"/> of an empty queue.</summary>
    Dequeue,

    /// <summary>Input: the element that joins the set.</summary>
    Add,

    /// <summary>Input: the element that leaves the set.</summary>
    Remove,

    /// <summary>Input: the element; output: <see cref="Value.True"/> or <see cref="Value.False"/>.</summary>
    Contains,

    /// <summary>Output: the whole set, as the sequence of its elements in ascending order (<see cref="SequenceTable"/>).</summary>
    Members,
}
