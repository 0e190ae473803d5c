namespace Headroom.Consensus.Paxos;

/// <summary>What orders attempts to lead: the round first, then the proposer, so that no two attempts have the same. (0, 0) is before all.</summary>
public readonly record struct Ballot(long Round, int Proposer) : IComparable<Ballot>
{
    public int CompareTo(Ballot other) => Round != other.Round ? Round.CompareTo(other.Round) : Proposer.CompareTo(other.Proposer);

    public static bool operator <(Ballot left, Ballot right) => left.CompareTo(right) < 0;

    public static bool operator >(Ballot left, Ballot right) => left.CompareTo(right) > 0;

    public static bool operator <=(Ballot left, Ballot right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Ballot left, Ballot right) => left.CompareTo(right) >= 0;
}
