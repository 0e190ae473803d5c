using System.Diagnostics;

namespace Headroom.Consensus.Paxos;

/// <summary>A server's slots from the first that was not dropped on: what it accepted in each, and whether that is chosen. A ring that grows.</summary>
internal sealed class PaxosLog
{
    /// <summary>No slot is further than this beyond the chosen ones: what is, waits until the server has caught up.</summary>
    public const int SlotsMax = 1 << 16;

    private PaxosSlot[] _slots = new PaxosSlot[64];

    /// <summary>The first slot that is held; those before are in the snapshot.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The last slot that was accepted or learned; <see cref="First"/> - 1 where none is held.</summary>
    public long Last { get; private set; }

    /// <summary>All slots up to this one are chosen, and known to be.</summary>
    public long Committed { get; private set; }

    public ref readonly PaxosSlot this[long slot] => ref At(slot);

    public bool IsChosen(long slot) => slot <= Committed || (slot <= Last && At(slot).IsChosen);

    /// <summary>What is accepted in the slot under the ballot; the next of <see cref="Last"/>, or before it, or further by a gap.</summary>
    public ref PaxosSlot Accept(long slot, Ballot ballot, byte[] value)
    {
        Debug.Assert(slot > Committed, "a chosen slot stays as it is");
        ref PaxosSlot held = ref Room(slot);
        held = new PaxosSlot { Ballot = ballot, Value = value };
        return ref held;
    }

    /// <summary>The slot's value is chosen. What was held there before gives way.</summary>
    public void Learn(long slot, byte[] value)
    {
        if (slot > Committed)
        {
            ref PaxosSlot held = ref Room(slot);
            held.Value = value;
            held.IsChosen = true;
        }
    }

    /// <summary>What is accepted in the slot is chosen.</summary>
    public void Choose(long slot) => At(slot).IsChosen = true;

    /// <summary>Marks who holds a slot that is under way, and gives all of them.</summary>
    public ulong MarkAccepted(long slot, int server) => At(slot).AcceptedBy |= 1UL << server;

    public void MarkSent(long slot, long nowNs) => At(slot).SentNs = nowNs;

    /// <summary>Takes the chosen slots that follow one another for committed; true if there are any.</summary>
    public bool Advance()
    {
        long before = Committed;
        while (Committed < Last && At(Committed + 1).IsChosen)
        {
            Committed++;
        }

        return Committed > before;
    }

    /// <summary>Slots up to this one are in a snapshot; what is held beyond them stays.</summary>
    public void DropUpTo(long slot)
    {
        for (; First <= slot && First <= Last; First++)
        {
            At(First) = default;
        }

        First = Math.Max(First, slot + 1);
        Last = Math.Max(Last, slot);
        Committed = Math.Max(Committed, slot);
    }

    private ref PaxosSlot Room(long slot)
    {
        Debug.Assert(slot >= First, "what was dropped stays so");
        if (slot - First >= _slots.Length)
        {
            var larger = new PaxosSlot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(slot - First + 1))];
            for (long held = First; held <= Last; held++)
            {
                larger[held & (larger.Length - 1)] = At(held);
            }

            _slots = larger;
        }

        Last = Math.Max(Last, slot);
        return ref At(slot);
    }

    private ref PaxosSlot At(long slot) => ref _slots[slot & (_slots.Length - 1)];
}
