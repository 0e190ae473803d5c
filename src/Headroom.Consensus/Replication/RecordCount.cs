using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Replication;

/// <summary>Counts a member's records as they come back after a crash. A bad one at the end was never durable; one whose number shows that another is missing before it is a loss of what was promised.</summary>
internal class RecordCount
{
    private bool _badSinceGood;

    /// <summary>Records seen, good and bad.</summary>
    public int Records { get; private set; }

    /// <summary>Good records: the number of the next.</summary>
    public long Good { get; private set; }

    /// <summary>Why these records are not to be used; null if they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>False for a record that is not to be read.</summary>
    public bool TryTake(ReadOnlySpan<byte> record, out VarintReader reader)
    {
        Records++;
        if (!NumberedRecord.TryOpen(record, out long number, out reader))
        {
            _badSinceGood = true;
            return false;
        }

        VarintReader rest = reader;
        if (Records == 1 && StandsForAll(rest.Byte()))
        {
            Good = number;
        }

        if (number != Good)
        {
            Problem ??= $"record {Records - 1} is number {number} where {Good} belongs: a durable record before it is {(_badSinceGood ? "damaged" : "missing")}";
            return false;
        }

        _badSinceGood = false;
        Good++;
        return Problem is null;
    }

    /// <summary>The last record has a form and no meaning.</summary>
    public void Refuse(string problem) => Problem ??= $"record {Records - 1}: {problem}";

    /// <summary>A record of this kind says all that those before it did: the log may begin with it, whatever its number.</summary>
    protected virtual bool StandsForAll(byte kind) => false;
}
