namespace Headroom.Consensus.Agreements;

/// <summary>Whether what was answered is on the servers' disks, and in words how that was found.</summary>
public sealed record DurableVerdict(bool Holds, string Text);
