using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.InSync.Storage;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Tests.InSync.Storage;

/// <summary>Records as a replica writes them.</summary>
internal static class PartitionRecords
{
    public static byte[] Start(long number, long incarnation) => Of(number, PartitionRecord.Start, incarnation);

    public static byte[] Truncation(long number, long offset) => Of(number, PartitionRecord.Truncation, offset);

    public static byte[] Batches(long number, PartitionLog log, int from, int to)
    {
        VarintWriter writer = NumberedRecord.Begin(new byte[1000], number);
        writer.Byte(PartitionRecord.Batches);
        InSyncWire.WriteBatches(ref writer, log, from, to);
        return NumberedRecord.Seal(writer).ToArray();
    }

    private static byte[] Of(long number, byte kind, long value)
    {
        VarintWriter writer = NumberedRecord.Begin(new byte[100], number);
        writer.Byte(kind);
        writer.Number(value);
        return NumberedRecord.Seal(writer).ToArray();
    }
}
