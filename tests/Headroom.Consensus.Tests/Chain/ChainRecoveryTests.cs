using Headroom.Consensus.Chain;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.Chain;

public sealed class ChainRecoveryTests
{
    [Fact]
    public void UpdatesAreFoundAgainAndAStateStandsForThoseBefore()
    {
        ChainRecovery found = Recovered(Start(0, 4), Update(1, 0, 1, [7], [8]), Update(2, 1, 3, [9]), State(3, isCopy: false, 2));
        found.Problem.ShouldBeNull();
        (found.Incarnation, found.StateSequence, found.Stable).ShouldBe((4, 2, 2));
        found.Updates.Select(update => update[0]).ShouldBe([(byte)9]);
        found = Recovered(Start(0, 4), Update(1, 0, 1, [7], [8]), State(2, isCopy: true, 1), Update(3, 1, 2, [5]));
        (found.StateSequence, found.Updates.Count, found.Updates[0][0]).ShouldBe((1, 1, (byte)5));
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

    private static byte[] State(long number, bool isCopy, long sequence)
    {
        byte[] room = new byte[64];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(ChainRecord.State);
        writer.Byte(isCopy ? (byte)1 : (byte)0);
        writer.Number(sequence);
        writer.Bytes([1, 2, 3]);
        return NumberedRecord.Seal(writer).ToArray();
    }
}
