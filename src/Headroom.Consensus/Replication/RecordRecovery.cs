using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Replication;

/// <summary>A server's records, read in order after a crash. Each has its kind behind its number.</summary>
internal abstract class RecordRecovery : RecordCount
{
    public void Take(ReadOnlySpan<byte> record)
    {
        // What a record holds may stay.
        ReadOnlyMemory<byte> own = record.ToArray();
        if (!TryTake(own.Span, out VarintReader reader))
        {
            return;
        }

        if (!TryRead(reader.Byte(), ref reader, own))
        {
            Refuse("there is no such kind");
        }

        if (!reader.IsAtEnd)
        {
            Refuse("it has no form");
        }
    }

    /// <summary>Reads what follows the kind; false for a kind that there is not.</summary>
    /// <param name="kind">What the record says.</param>
    /// <param name="reader">Of what follows.</param>
    /// <param name="record">The whole record, of which parts may be kept.</param>
    protected abstract bool TryRead(byte kind, ref VarintReader reader, ReadOnlyMemory<byte> record);
}
