using System.Collections.Immutable;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Raft.Membership;

/// <summary>Changes that take place together. As an entry of the log: a byte for the transition, the number of changes, each change's kind and member; of no changes (leave the joint configuration) and no transition, no bytes.</summary>
public sealed record MembershipProposal(ImmutableArray<MemberChange> Changes, Transition Transition = Transition.Auto)
{
    /// <summary>An entry with more changes is malformed.</summary>
    public const int ChangesMax = 256;

    public static MembershipProposal Leave { get; } = new([]);

    /// <summary>Leaves a joint configuration.</summary>
    public bool IsLeave => Changes.IsEmpty && Transition == Transition.Auto;

    /// <summary>Whether a joint configuration is entered, and whether that is left by itself.</summary>
    public bool IsJoint => Transition != Transition.Auto || Changes.Length > 1;

    public bool AutoLeave => Transition != Transition.JointExplicit;

    public byte[] Encode()
    {
        if (IsLeave)
        {
            return [];
        }

        byte[] bytes = new byte[2 + Varint.LengthMax + (Changes.Length * (1 + Varint.LengthMax))];
        var writer = new VarintWriter(bytes);
        writer.Byte((byte)Transition);
        writer.Number(Changes.Length);
        foreach (MemberChange change in Changes)
        {
            writer.Byte((byte)change.Kind);
            writer.Number(change.Id);
        }

        return bytes[..writer.Length];
    }

    /// <summary>Null for bytes that <see cref="Encode"/> does not give.</summary>
    public static MembershipProposal? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return Leave;
        }

        var reader = new VarintReader(bytes);
        byte transition = reader.Byte();
        long count = reader.Number();
        if (!reader.IsGood || transition > (byte)Transition.JointExplicit || count > ChangesMax)
        {
            return null;
        }

        ImmutableArray<MemberChange>.Builder changes = ImmutableArray.CreateBuilder<MemberChange>((int)count);
        for (int i = 0; i < count; i++)
        {
            byte kind = reader.Byte();
            long id = reader.Number();
            if (!reader.IsGood || kind > (byte)ChangeKind.AddLearner || id > int.MaxValue)
            {
                return null;
            }

            changes.Add(new MemberChange((ChangeKind)kind, (int)id));
        }

        return reader.IsAtEnd ? new MembershipProposal(changes.MoveToImmutable(), (Transition)transition) : null;
    }
}
