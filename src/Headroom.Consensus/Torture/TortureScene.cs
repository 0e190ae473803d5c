namespace Headroom.Consensus.Torture;

/// <summary>What is staged beside the faults that are drawn one by one, for coincidences that these hardly bring about.</summary>
public enum TortureScene
{
    None,

    /// <summary>Two would-be leaders that cannot hear each other, slow voters between them, and power that fails again and again.</summary>
    Duel,

    /// <summary>Members change back to back while the group falls apart and comes together again.</summary>
    Split,
}
