using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Storage;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.Raft.Storage;

public sealed class RecoveryTests
{
    private static readonly RaftSnapshot Founding = new(0, 0, new Configuration { Voters = IdSet.Of([1, 2, 3]) }, default);

    [Fact]
    public void RecordsAreReadBackInOrderAndLaterEntriesReplaceEarlier()
    {
        Restored restored = Read(Record(0, 1, Entries(1, 1, "a", "b", "c")), Record(1, 2, Entries(2, 2, "d")), Record(2, 3)).Finish();
        restored.State.ShouldBe(new HardState(3, 1, 0));
        Texts(restored).ShouldBe(["1/1 a", "2/2 d"]);
    }

    [Fact]
    public void ASnapshotOfEntriesThatAreThereKeepsThoseBehindIt()
    {
        Recovery recovery = Read(Record(0, 1, Entries(1, 1, "a", "b", "c")), Record(1, 1, default, new RaftSnapshot(2, 1, Founding.Configuration, "state"u8.ToArray())));
        Restored restored = recovery.Finish();
        restored.Snapshot!.Index.ShouldBe(2);
        Texts(restored).ShouldBe(["1/3 c"]);
    }

    [Fact]
    public void ALeadersSnapshotReplacesEntriesThatDoNotMatchIt()
    {
        Restored restored = Read(Record(0, 1, Entries(1, 1, "a", "b", "c")), Record(1, 2, default, new RaftSnapshot(2, 2, Founding.Configuration, default))).Finish();
        restored.Entries.ShouldBeEmpty();
        restored.Snapshot!.Term.ShouldBe(2);
    }

    [Fact]
    public void ATornTailIsCutWhereverItIsTorn()
    {
        byte[] last = Record(1, 1, Entries(1, 2, "b"));
        for (int length = 0; length < last.Length; length++)
        {
            Recovery recovery = Read(Record(0, 1, Entries(1, 1, "a")), last[..length]);
            recovery.Problem.ShouldBeNull();
            recovery.Records.ShouldBe(2);
            recovery.Good.ShouldBe(1);
            Texts(recovery.Finish()).ShouldBe(["1/1 a"]);
        }
    }

    [Fact]
    public void ATailThatWasCutAndWrittenOnIsRead()
    {
        Recovery recovery = Read(Record(0, 1, Entries(1, 1, "a")), Record(1, 1, Entries(1, 2, "b"))[..9], Record(1, 2, Entries(2, 2, "c")));
        recovery.Problem.ShouldBeNull();
        recovery.Records.ShouldBe(3);
        Texts(recovery.Finish()).ShouldBe(["1/1 a", "2/2 c"]);
    }

    [Fact]
    public void AnyDamagedBitOfARecordThatOthersFollowIsNoticed()
    {
        byte[] first = Record(0, 1, Entries(1, 1, "a"));
        for (int bit = 0; bit < 8 * first.Length; bit++)
        {
            byte[] damaged = [.. first];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Read(damaged, Record(1, 2, Entries(2, 2, "b"))).Problem!.ShouldContain("damaged");
        }
    }

    [Fact]
    public void ALogMayBeginWithAStateWhateverItsNumberAndWithNothingElse()
    {
        byte[] state = Record(41, 3, Entries(3, 8, "h", "i"), new RaftSnapshot(7, 2, Founding.Configuration, "state"u8.ToArray()));
        Recovery recovery = Read(state, Record(42, 3, Entries(3, 10, "j")));
        recovery.Problem.ShouldBeNull();
        recovery.Good.ShouldBe(43);
        Restored restored = recovery.Finish();
        (restored.Snapshot!.Index, restored.State.Term).ShouldBe((7, 3));
        Texts(restored).ShouldBe(["3/8 h", "3/9 i", "3/10 j"]);

        // The same amid a log whose beginning is still there.
        Texts(Read(Record(0, 1, Entries(1, 1, "a", "b")), Record(1, 3, Entries(3, 2, "c"), new RaftSnapshot(1, 1, Founding.Configuration, default))).Finish()).ShouldBe(["3/2 c"]);
        Read(Record(41, 3, Entries(3, 1, "h")), Record(42, 3)).Problem!.ShouldContain("missing");
        for (int bit = 0; bit < 8 * state.Length; bit++)
        {
            byte[] damaged = [.. state];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Read(damaged, Record(42, 3, Entries(3, 10, "j"))).Problem!.ShouldContain("damaged");
        }
    }

    [Fact]
    public void AMissingRecordIsNoticed() => Read(Record(0, 1, Entries(1, 1, "a")), Record(2, 2, Entries(2, 2, "b"))).Problem!.ShouldContain("missing");

    [Fact]
    public void EntriesThatLeaveAGapAreNoticed() => Read(Record(0, 1, Entries(1, 1, "a")), Record(1, 2, Entries(2, 3, "b"))).Problem!.ShouldContain("ends at 1");

    /// <summary>What was sealed and cannot be read was written by another program: it is not taken for torn.</summary>
    [Theory]
    [InlineData(0, new long[] { 1, 2 }, "it has no form")]
    [InlineData(0, new long[] { 1, 2, 3, 4 }, "it has no form")]
    [InlineData(1, new long[] { 1, 2, 3, 0 }, "it has no form")]
    [InlineData(4, new long[] { 1, 2, 3 }, "there is no such kind")]
    public void ASealedRecordWithoutAFormIsRefused(byte kind, long[] rest, string problem)
    {
        VarintWriter writer = NumberedRecord.Begin(new byte[64], 1);
        writer.Byte(kind);
        writer.Numbers(rest);
        Recovery recovery = Read(Record(0, 1, Entries(1, 1, "a")), NumberedRecord.Seal(writer).ToArray());
        recovery.Problem.ShouldBe($"record 1: {problem}");
        Texts(recovery.Finish()).ShouldBe(["1/1 a"]);
    }

    private static Recovery Read(params byte[][] records)
    {
        var recovery = new Recovery(Founding);
        foreach (byte[] record in records)
        {
            recovery.Take(record);
        }

        return recovery;
    }

    private static byte[] Record(long number, long term, EntrySlice entries = default, RaftSnapshot? snapshot = null)
    {
        byte[] room = new byte[DurableRecord.LengthMax(entries, snapshot)];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(DurableRecord.Kind(entries, snapshot));
        DurableRecord.Write(ref writer, new HardState(term, 1, 0), entries, snapshot);
        return NumberedRecord.Seal(writer).ToArray();
    }

    private static EntrySlice Entries(long term, long from, params string[] texts) =>
        new([.. texts.Select((text, i) => new RaftEntry(term, from + i, EntryKind.Command, System.Text.Encoding.ASCII.GetBytes(text)))], 0, texts.Length);

    private static IEnumerable<string> Texts(Restored restored) => restored.Entries.Select(entry => $"{entry.Term}/{entry.Index} {System.Text.Encoding.ASCII.GetString(entry.Data.Span)}");
}
