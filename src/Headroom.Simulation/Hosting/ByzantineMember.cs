namespace Headroom.Simulation.Hosting;

/// <summary>A member whose copies pass through a sender that may lie.</summary>
public sealed record ByzantineMember(int Member, IByzantineSender Sender);
