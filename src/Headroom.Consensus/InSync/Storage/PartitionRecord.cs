namespace Headroom.Consensus.InSync.Storage;

/// <summary>
/// What a replica writes down, behind a record's number: the kind, then of a start its incarnation; of a truncation the offset; of batches they.
/// </summary>
internal static class PartitionRecord
{
    public const byte Start = 0;
    public const byte Truncation = 1;
    public const byte Batches = 2;
}
