namespace Headroom.Consensus.InSync.Messages;

/// <summary>A message of any verb; see <see cref="InSyncWire"/> for which fields a verb uses.</summary>
internal struct InSyncMessage
{
    public InSyncVerb Verb;
    public ReplicaStatus Status;
    public Acknowledgement Acks;

    /// <summary>Of the sender's start, or for a state of the receiver's.</summary>
    public long Incarnation;

    public long Epoch;

    /// <summary>Which question it is, or which it answers.</summary>
    public long Number;

    public long Offset;

    /// <summary>The epoch that an epoch question asks for, or that its answer found.</summary>
    public long AskedEpoch;

    public long Watermark;
    public long MinBytes;
    public long WaitNs;
    public long Version;
    public long ProducerId;
    public long Sequence;

    /// <summary>The leader's number plus one; 0 for none.</summary>
    public int Leader;

    public uint InSync;
    public int Count;
    public ReadOnlyMemory<byte> Records;

    public PartitionState State
    {
        readonly get => new(Version, Leader - 1, Epoch, InSync);
        set => (Version, Leader, Epoch, InSync) = (value.Version, value.Leader + 1, value.LeaderEpoch, value.InSync);
    }
}
