namespace Headroom.Consensus.Chain;

/// <summary>
/// What a server writes down, behind a record's number: the kind, then of a start its incarnation; of updates how many all have, the first one's number, and they; of a state the incarnation, the last update in it, how many all have, it, and the updates behind it, so that the log may begin with that record.
/// </summary>
internal static class ChainRecord
{
    public const byte Start = 1;
    public const byte Update = 2;
    public const byte State = 3;
}
