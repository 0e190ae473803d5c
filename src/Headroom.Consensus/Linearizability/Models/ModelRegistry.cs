namespace Headroom.Consensus.Linearizability.Models;

/// <summary>Every model, one line each.</summary>
public static class ModelRegistry
{
    public static SequentialModel Register { get; } = new SequentialModel<RegisterModel>("register", "one value: read, write");

    public static SequentialModel CasRegister { get; } = new SequentialModel<CasRegisterModel>("cas", "one value: read, write, compare-and-set");

    public static SequentialModel KeyValue { get; } = new SequentialModel<KeyValueModel>("kv", "a store: get, put, compare-and-set, append, delete");

    public static SequentialModel Queue { get; } = new SequentialModel<QueueModel>("queue", "first in, first out: enqueue, dequeue");

    public static SequentialModel Set { get; } = new SequentialModel<SetModel>("set", "a set: add, remove, contains, members");

    public static IReadOnlyList<SequentialModel> All { get; } = [Register, CasRegister, KeyValue, Queue, Set];
}
