namespace Headroom.Consensus.Quorum;

/// <summary>How registers are kept. Servers are members 0 to n-1 of the host, clients follow.</summary>
public sealed record RegisterOptions
{
    public const int ServersMax = 63;

    public const int RegistersMax = 1 << 16;

    public const int ValueBytesMax = 1 << 24;

    public required int Servers { get; init; }

    /// <summary>Servers that answer before a query ends (r); a majority if null.</summary>
    public int? ReadQuorum { get; init; }

    /// <summary>Servers that hold a value before a store ends (w); a majority if null.</summary>
    public int? WriteQuorum { get; init; }

    /// <summary>Independent registers, numbered from 0.</summary>
    public int Registers { get; init; } = 1;

    /// <summary>Bytes of every value on its way; fewer than its number takes mean those.</summary>
    public int ValueBytes { get; init; }

    /// <summary>Who has not answered for so long is asked again, until enough have answered.</summary>
    public long RetryNs { get; init; } = 200_000_000;

    /// <summary>A read whose value w of those asked hold already ends after one phase.</summary>
    public bool SkipsKnownWriteBack { get; init; }

    internal RegisterMutant Mutant { get; init; }

    public int Reading => ReadQuorum ?? ((Servers / 2) + 1);

    public int Writing => WriteQuorum ?? ((Servers / 2) + 1);

    /// <summary>With more servers down operations wait: n less the larger quorum.</summary>
    public int CrashesMax => Servers - Math.Max(Reading, Writing);

    /// <exception cref="ArgumentException">Quorums that may miss each other (r + w is at most n): a read need not find the last write then.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, ServersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reading, 1, nameof(ReadQuorum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Reading, Servers, nameof(ReadQuorum));
        ArgumentOutOfRangeException.ThrowIfLessThan(Writing, 1, nameof(WriteQuorum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Writing, Servers, nameof(WriteQuorum));
        ArgumentOutOfRangeException.ThrowIfLessThan(Registers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Registers, RegistersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryNs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValueBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ValueBytes, ValueBytesMax);
        if (Reading + Writing <= Servers && Mutant != RegisterMutant.SmallQuorums)
        {
            throw new ArgumentException($"{Reading} servers to read and {Writing} to write, of {Servers}, may have none in common: the two must be more than {Servers} together");
        }
    }
}
