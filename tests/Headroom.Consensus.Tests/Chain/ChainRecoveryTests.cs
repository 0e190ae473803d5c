using Headroom.Consensus.Chain;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.Chain;

public sealed class ChainRecoveryTests
{
    [Fact]
    public void UpdatesAreFoundAgainAndAStateStandsForThoseBefore()
    {
        ChainRecovery found = Recovered(Start(0, 4), Update(1, 0, 1, [7], [8]), Update(2, 1, 3, [9]), State(3, 4, 2, 2, [9]));
        found.Problem.ShouldBeNull();
        (found.Incarnation, found.StateSequence, found.Stable).ShouldBe((4, 2, 2));
        found.Updates.Select(update => update[0]).ShouldBe([(byte)9]);
        found = Recovered(Start(0, 4), Update(1, 0, 1, [7], [8]), State(2, 4, 1, 1), Update(3, 1, 2, [5]));
        (found.StateSequence, found.Updates.Count, found.Updates[0][0]).ShouldBe((1, 1, (byte)5));
    }

    [Fact]
    public void ALogMayBeginWithAStateWhateverItsNumberAndWithNothingElse()
    {
        byte[] state = State(41, 6, 17, 18, [7], [8], [9]);
        ChainRecovery found = Recovered(state, Update(42, 19, 21, [10]), Start(43, 7));
        found.Problem.ShouldBeNull();
        (found.Incarnation, found.StateSequence, found.Stable, found.Good).ShouldBe((7, 17, 19, 44));
        found.State.ShouldBe([1, 2, 3]);
        found.Updates.Select(update => update[0]).ShouldBe([(byte)7, (byte)8, (byte)9, (byte)10]);
        Recovered(Update(42, 19, 21, [10])).Problem!.ShouldContain("a durable record before it is missing");
        Recovered(Start(0, 1), State(1, 1, 17, 19, [7])).Problem!.ShouldContain("updates up to 18, of which all have those up to 19");
        for (int bit = 0; bit < 8 * state.Length; bit++)
        {
            byte[] damaged = [.. state];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Recovered(damaged, Start(42, 7)).Problem!.ShouldContain("a durable record before it is damaged");
        }
    }

    /// <summary>More updates may wait behind a state than go in one message.</summary>
    [Fact]
    public void AStateHoldsAllUpdatesBehindItHoweverMany()
    {
        byte[][] behind = [.. Enumerable.Range(0, 2 * ChainWire.EntriesMax).Select(i => new byte[] { (byte)i })];
        ChainRecovery found = Recovered(Start(0, 1), State(1, 1, 3, 3, behind));
        found.Problem.ShouldBeNull();
        found.Updates.Count.ShouldBe(behind.Length);
    }

    [Fact]
    public void ATornRecordAtTheEndWasPromisedToNobodyAndAMissingOneIsALoss()
    {
        byte[] second = Update(1, 0, 1, [7]);
        Recovered(Start(0, 1), second[..^1]).Problem.ShouldBeNull();
        Recovered(Start(0, 1), second[..^1], Update(1, 0, 1, [6])).Updates[0][0].ShouldBe((byte)6);
        second[6] ^= 1;
        Recovered(Start(0, 1), second, Update(2, 0, 2, [8])).Problem!.ShouldContain("a durable record before it is damaged");
        Recovered(Start(0, 1), Update(1, 0, 3, [8])).Problem!.ShouldContain("updates from 3 on");
        Recovered(Start(0, 1), Update(1, 1, 1, [8])).Problem!.ShouldContain("of which all have those up to 1");
    }

    private static ChainRecovery Recovered(params byte[][] records)
    {
        var recovery = new ChainRecovery();
        foreach (byte[] record in records)
        {
            recovery.Take(record);
        }

        return recovery;
    }

    private static byte[] Start(long number, long incarnation)
    {
        byte[] room = new byte[64];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(ChainRecord.Start);
        writer.Number(incarnation);
        return NumberedRecord.Seal(writer).ToArray();
    }

    private static byte[] Update(long number, long stable, long first, params byte[][] updates)
    {
        byte[] room = new byte[64];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(ChainRecord.Update);
        writer.Number(stable);
        writer.Number(first);
        ChainWire.WriteEntries(ref writer, updates);
        return NumberedRecord.Seal(writer).ToArray();
    }

    private static byte[] State(long number, long incarnation, long sequence, long stable, params byte[][] behind)
    {
        byte[] room = new byte[64 + (2 * behind.Length)];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(ChainRecord.State);
        writer.Numbers(incarnation, sequence, stable);
        writer.Sized([1, 2, 3]);
        ChainWire.WriteEntries(ref writer, behind);
        return NumberedRecord.Seal(writer).ToArray();
    }
}
