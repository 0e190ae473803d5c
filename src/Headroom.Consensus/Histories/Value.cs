namespace Headroom.Consensus.Histories;

/// <summary>Numbers that mean something else than themselves in a history.</summary>
public static class Value
{
    /// <summary>Nothing: an unwritten register, a key that is not in the store, an empty queue's answer.</summary>
    public const long None = long.MinValue;

    public const long False = 0;
    public const long True = 1;
}
