namespace Headroom.Consensus.Quorum;

/// <summary>What orders writes: the number first, then the writer, so that no two writes have the same. (0, 0) is that of the register's first state.</summary>
public readonly record struct RegisterTag(long Number, int Writer) : IComparable<RegisterTag>
{
    public int CompareTo(RegisterTag other) => Number != other.Number ? Number.CompareTo(other.Number) : Writer.CompareTo(other.Writer);

    public static bool operator <(RegisterTag left, RegisterTag right) => left.CompareTo(right) < 0;

    public static bool operator >(RegisterTag left, RegisterTag right) => left.CompareTo(right) > 0;

    public static bool operator <=(RegisterTag left, RegisterTag right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RegisterTag left, RegisterTag right) => left.CompareTo(right) >= 0;
}
