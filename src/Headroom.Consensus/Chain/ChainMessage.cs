namespace Headroom.Consensus.Chain;

/// <summary>One message, without the updates or bytes that it may carry; which fields count the verb says.</summary>
internal readonly record struct ChainMessage(ChainVerb Verb, long Epoch = 0, long Number = 0, long Sequence = 0, long Incarnation = 0, int Client = 0);
