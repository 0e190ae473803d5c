using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Memory;

/// <summary>Taking payloads in and passing them on, for every protocol alike.</summary>
public static class BroadcastMemoryTake
{
    /// <summary>
    /// Takes a payload in, delivers it and gives its slot; <see cref="BroadcastMemory{TState}.None"/> when the member has it already or there
    /// is no payload.
    /// </summary>
    public static int Take<TState>(this BroadcastMemory<TState> memory, long broadcast, int body, ref Turn turn)
        where TState : struct
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (body == 0)
        {
            return BroadcastMemory<TState>.None;
        }

        int slot = memory.Find(turn.Self, broadcast);
        if (slot == BroadcastMemory<TState>.None)
        {
            slot = memory.Add(turn.Self, broadcast, body);
        }
        else if (memory.Body(slot) == 0)
        {
            memory.SetBody(slot, body);
        }
        else
        {
            return BroadcastMemory<TState>.None;
        }

        turn.Deliver(body);
        return slot;
    }

    /// <summary>A message that carries the payload of a slot.</summary>
    public static int ComposePayload<TState>(this BroadcastMemory<TState> memory, int slot, ref Turn turn)
        where TState : struct
    {
        ArgumentNullException.ThrowIfNull(memory);
        return new BroadcastHead(BroadcastVerb.Payload, memory.Broadcast(slot)).Compose(memory.Body(slot), ref turn);
    }
}
