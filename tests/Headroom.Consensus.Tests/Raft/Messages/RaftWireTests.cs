using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Messages;

public sealed class RaftWireTests
{
    private static readonly MessageKind[] Kinds = [.. Enum.GetValues<MessageKind>().Where(kind => kind is not (MessageKind.None or MessageKind.Written or MessageKind.Snapshot))];

    [Fact]
    public void EveryMessageReadsBackToItself()
    {
        RandomStream random = new Seed(5).Named("wire").Stream();
        RaftEntry[] room = [];
        for (int trial = 0; trial < 3000; trial++)
        {
            RaftMessage message = Draw(ref random, Kinds[trial % Kinds.Length]);
            byte[] bytes = Bytes(message);
            RaftWire.TryRead(bytes, ref room, out RaftMessage read).ShouldBeTrue(message.Kind.ToString());
            Bytes(read).ShouldBe(bytes);
            (read.Kind, read.Term, read.Index, read.LogTerm, read.Commit, read.IsRejected, read.Hint, read.Round).ShouldBe(
                (message.Kind, message.Term, message.Index, message.LogTerm, message.Commit, message.IsRejected, message.Hint, message.Round));
            read.Entries.Span.ToArray().Select(entry => (entry.Term, entry.Kind, Convert.ToHexString(entry.Data.Span)))
                .ShouldBe(message.Entries.Span.ToArray().Select(entry => (entry.Term, entry.Kind, Convert.ToHexString(entry.Data.Span))));
        }
    }

    [Fact]
    public void DamagedMessagesAreRefusedOrReadAndNeverCrash()
    {
        RandomStream random = new Seed(6).Named("fuzz").Stream();
        RaftEntry[] room = [];
        int refused = 0;
        for (int trial = 0; trial < 30_000; trial++)
        {
            byte[] bytes = Bytes(Draw(ref random, Kinds[trial % Kinds.Length]));
            if (trial % 3 == 0)
            {
                bytes = bytes[..random.Below(bytes.Length)];
            }
            else
            {
                for (int change = 0; change < 1 + (trial % 5); change++)
                {
                    bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
                }
            }

            bool isRead = RaftWire.TryRead(bytes, ref room, out RaftMessage read);
            refused += isRead ? 0 : 1;
            if (isRead)
            {
                Bytes(read).Length.ShouldBeLessThanOrEqualTo(bytes.Length + 16);
            }
        }

        refused.ShouldBeInRange(10_000, 29_999);
        // However many entries a message claims, no more room is made than its bytes could hold.
        room.Length.ShouldBeLessThan(RaftWire.EntriesMax);
    }

    [Fact]
    public void ANumberHasOneForm()
    {
        new VarintReader([0x80, 0x00]).Number().ShouldBe(0);
        var twice = new VarintReader([0x80, 0x00]);
        twice.Number();
        twice.IsGood.ShouldBeFalse();
        var tooLong = new VarintReader([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);
        tooLong.Number();
        tooLong.IsGood.ShouldBeFalse();
        var largest = new VarintReader([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]);
        largest.Number().ShouldBe(long.MaxValue);
        largest.IsAtEnd.ShouldBeTrue();
    }

    private static byte[] Bytes(in RaftMessage message)
    {
        byte[] room = new byte[RaftWire.LengthMax(message)];
        return room[..RaftWire.Write(room, message)];
    }

    private static RaftMessage Draw(ref RandomStream random, MessageKind kind)
    {
        bool isRejected = kind is MessageKind.VoteAnswer or MessageKind.PreVoteAnswer or MessageKind.AppendAnswer && random.Bernoulli(0.5);
        var message = new RaftMessage { Kind = kind, Term = Number(ref random), IsRejected = isRejected };
        bool isAppend = kind == MessageKind.Append;
        if (isAppend || kind is MessageKind.Vote or MessageKind.PreVote or MessageKind.AppendAnswer)
        {
            message.Index = Number(ref random) / 2;
        }

        message.LogTerm = isAppend || isRejected || kind is MessageKind.Vote or MessageKind.PreVote ? Number(ref random) : 0;
        message.Hint = kind == MessageKind.AppendAnswer && isRejected ? Number(ref random) : 0;
        message.Commit = isAppend || kind == MessageKind.Heartbeat || (isRejected && kind != MessageKind.AppendAnswer) ? Number(ref random) : 0;
        message.Round = kind is MessageKind.Heartbeat or MessageKind.HeartbeatAnswer ? Number(ref random) : 0;
        if (isAppend || kind == MessageKind.Propose)
        {
            RaftEntry[] entries = new RaftEntry[random.Below(5)];
            for (int i = 0; i < entries.Length; i++)
            {
                entries[i] = new RaftEntry(isAppend ? Number(ref random) : 0, isAppend ? message.Index + 1 + i : 0, isAppend ? (EntryKind)random.Below(2) : EntryKind.Command, Data(ref random));
            }

            message.Entries = new EntrySlice(entries, 0, entries.Length);
        }

        return message;
    }

    private static long Number(ref RandomStream random) => (long)(random.NextUInt64() >> (1 + random.Below(63)));

    private static byte[] Data(ref RandomStream random)
    {
        byte[] data = new byte[random.Below(40)];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)random.Below(256);
        }

        return data;
    }
}
