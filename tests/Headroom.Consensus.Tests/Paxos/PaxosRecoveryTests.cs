using Headroom.Consensus.Paxos;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.Paxos;

public sealed class PaxosRecoveryTests
{
    private static readonly Ballot First = new(1, 0);
    private static readonly Ballot Second = new(2, 1);

    [Fact]
    public void WhatWasPromisedAcceptedAndChosenIsFoundAgain()
    {
        PaxosRecovery found = Recovered(
            Record(0, PaxosRecord.Promise, First),
            Record(1, PaxosRecord.Accept, First, 0, 1, [7], [8]),
            Record(2, PaxosRecord.Accept, Second, 1, 2, [9]),
            Record(3, PaxosRecord.Learn, default, 0, 4, [11]));
        found.Problem.ShouldBeNull();
        (found.Promised, found.Log.Committed, found.Log.Last).ShouldBe((Second, 1, 4));
        (found.Log[2].Ballot, found.Log[2].Value![0]).ShouldBe((Second, (byte)9));
        found.Log[3].Value.ShouldBeNull();
        found.Log.IsChosen(4).ShouldBeTrue();
    }

    [Fact]
    public void ATornRecordAtTheEndWasPromisedToNobodyAndADamagedOneBeforeOthersIsALoss()
    {
        byte[] first = Record(0, PaxosRecord.Promise, First);
        byte[] second = Record(1, PaxosRecord.Promise, Second);
        Recovered(first, second[..^1]).Problem.ShouldBeNull();
        Recovered(first, second[..^1], Record(1, PaxosRecord.Accept, Second, 0, 1, [5])).Log.Last.ShouldBe(1);
        second[6] ^= 1;
        Recovered(first, second, Record(2, PaxosRecord.Promise, new Ballot(3, 0))).Problem!.ShouldContain("a durable record before it is damaged");
        Recovered(first, Record(2, PaxosRecord.Promise, Second)).Problem!.ShouldContain("a durable record before it is missing");
        Recovered(first, Record(1, PaxosRecord.Accept, First, 9, 1, [5])).Problem!.ShouldContain("takes slots up to 9 for chosen");
    }

    private static PaxosRecovery Recovered(params byte[][] records)
    {
        var recovery = new PaxosRecovery();
        foreach (byte[] record in records)
        {
            recovery.Take(record);
        }

        return recovery;
    }

    private static byte[] Record(long number, byte kind, Ballot ballot, long committed = 0, long slot = 0, params byte[][] values)
    {
        byte[] room = new byte[256];
        VarintWriter writer = NumberedRecord.Begin(room, number);
        writer.Byte(kind);
        PaxosRecord.Write(ref writer, kind, ballot, committed, slot, [.. values.Select(value => new PaxosEntry(default, value))]);
        return NumberedRecord.Seal(writer).ToArray();
    }
}
