using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.InSync.Messages;

public sealed class InSyncWireTests
{
    private readonly List<RecordBatch> _batches = [];
    private readonly long[] _incarnations = new long[InSyncOptions.ReplicasMax];

    private static byte[] Written(InSyncVerb verb, ulong seed)
    {
        RandomStream random = new Seed(seed).Stream();
        var log = new PartitionLog();
        for (int i = random.Below(5); i > 0; i--)
        {
            log.Append(new RecordBatch(log.EndOffset, 2, 7, i, 9, new byte[] { 1, 5, 2, 6, 7 }));
        }

        var message = new InSyncMessage
        {
            Verb = verb,
            Status = (ReplicaStatus)random.Below(6),
            Acks = (Acknowledgement)random.Below(3),
            Incarnation = random.Below(300),
            Epoch = random.Below(1 << 20),
            Number = (long)(random.NextUInt64() >> 2),
            Offset = random.Below(1 << 30),
            AskedEpoch = random.Below(9),
            Watermark = random.Below(99),
            MinBytes = 1,
            WaitNs = 500_000_000,
            Version = random.Below(1000),
            ProducerId = random.Below(100),
            Sequence = random.Below(10_000),
            Leader = random.Below(4),
            InSync = 1 + (uint)random.Below(7),
            Count = 2,
            Records = new byte[] { 1, 5, 2, 6, 7 },
        };
        byte[] room = new byte[InSyncWire.FixedBytesMax + 1000];
        VarintWriter writer = InSyncWire.Write(room, message, [1, 2, 3]);
        if (verb == InSyncVerb.FetchAnswer)
        {
            InSyncWire.WriteBatches(ref writer, log, 0, log.Count);
        }

        return room[..writer.Length];
    }

    private byte[] Again(in InSyncMessage message)
    {
        byte[] room = new byte[InSyncWire.FixedBytesMax + 40_000];
        VarintWriter writer = InSyncWire.Write(room, message, _incarnations);
        if (message.Verb == InSyncVerb.FetchAnswer)
        {
            var log = new PartitionLog();
            foreach (RecordBatch batch in _batches)
            {
                log.Append(batch);
            }

            InSyncWire.WriteBatches(ref writer, log, 0, log.Count);
        }

        return room[..writer.Length];
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        foreach (InSyncVerb verb in Enum.GetValues<InSyncVerb>())
        {
            for (ulong seed = 0; seed < 50; seed++)
            {
                byte[] bytes = Written(verb, seed);
                InSyncWire.TryRead(bytes, _batches, _incarnations, out InSyncMessage message).ShouldBeTrue();
                Again(message).ShouldBe(bytes);
            }
        }
    }

    [Fact]
    public void CutOrLengthenedBytesAreNoMessage()
    {
        foreach (InSyncVerb verb in Enum.GetValues<InSyncVerb>())
        {
            byte[] bytes = Written(verb, 3);
            for (int length = 0; length < bytes.Length; length++)
            {
                InSyncWire.TryRead(bytes.AsMemory(0, length), _batches, _incarnations, out _).ShouldBeFalse();
            }

            InSyncWire.TryRead((byte[])[.. bytes, 0], _batches, _incarnations, out _).ShouldBeFalse();
        }
    }

    /// <summary>Bytes that nobody wrote are refused, or are a message that is written in the same bytes again (batches that do not follow one another apart).</summary>
    [Fact]
    public void DamagedBytesDoNoHarm()
    {
        RandomStream random = new Seed(5).Named("damage").Stream();
        InSyncVerb[] verbs = Enum.GetValues<InSyncVerb>();
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Written(verbs[random.Below(verbs.Length)], (ulong)random.Below(20));
            for (int j = 1 + random.Below(3); j > 0; j--)
            {
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            }

            if (InSyncWire.TryRead(bytes, _batches, _incarnations, out InSyncMessage message))
            {
                read++;
                if (message.Verb != InSyncVerb.FetchAnswer)
                {
                    Again(message).ShouldBe(bytes);
                }
            }
        }

        read.ShouldBeInRange(1000, 19_000);
    }
}
