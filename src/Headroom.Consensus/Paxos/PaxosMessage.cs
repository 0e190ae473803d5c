namespace Headroom.Consensus.Paxos;

/// <summary>One message, without the values that it may carry; which fields count the verb says.</summary>
internal readonly record struct PaxosMessage(PaxosVerb Verb, Ballot Ballot = default, long Slot = 0, long Committed = 0, long Dropped = 0, long Next = 0, long Number = 0);
