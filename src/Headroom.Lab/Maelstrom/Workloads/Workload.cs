using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>What clients ask, what they may be answered, and how the history is judged. One thread at a time, except <see cref="Decode"/>.</summary>
internal abstract class Workload
{
    /// <summary>Functions that change nothing: unanswered, they failed rather than remain open.</summary>
    protected const string Read = "read";

    public virtual bool HasFinalReads => true;

    /// <summary>Payloads that were handed out: what the router looks for in bodies.</summary>
    public virtual int PayloadCount => 0;

    public abstract Operation Next(ref RandomStream random);

    public virtual Operation FinalRead() => new() { Function = Read, IsFinal = true };

    /// <summary>The request's fields after <c>type</c> and <c>msg_id</c>.</summary>
    public virtual void WriteRequest(Operation operation, Utf8JsonWriter json)
    {
    }

    public virtual string ReplyType(Operation operation) => operation.Function + "_ok";

    public virtual bool ChangesNothing(Operation operation) => operation.Function == Read;

    /// <summary>Takes from an answer what <see cref="Completed"/> needs; called by readers' threads with answers to clients, errors excepted.</summary>
    /// <returns>Null and the problem when the answer is not of this workload.</returns>
    public abstract object? Decode(string type, JsonElement body, out string problem);

    public virtual void Invoked(Operation operation)
    {
    }

    /// <summary>The status is set; an answer stands beside it only when it succeeded.</summary>
    public abstract void Completed(Operation operation, object? answer, long index, long nowNs);

    public abstract WorkloadCheck Check();

    /// <summary>Stands for an answer without content.</summary>
    protected static readonly object Nothing = new();
}
