namespace Headroom.Consensus.Torture.Checks;

/// <summary>No crash that the plan allows breaks what a member has promised: whoever starts again finds its records whole but for their tail.</summary>
public sealed class DurabilityKept : TortureCheck
{
    public override string Name => "durability kept";

    public override string Statement => "no member finds after a crash that a durable record is missing, or hears from a leader that it should have what it has not";

    public override void Refused(int member, string problem, long nowNs) => Report(nowNs, $"member {member} takes no part any more: {problem}");
}
