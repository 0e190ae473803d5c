using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>Links as formulas take them: they lose independently, deliver once, hold back nobody, and queue without end.</summary>
internal static class PlainLinks
{
    /// <summary>Why formulas do not speak of these links, or null.</summary>
    public static string? Problem(NetworkOptions network) =>
        network.Bursts is not null ? "formulas take losses for independent, and these come in bursts"
        : network.Duplication > 0 ? "formulas take it that a message arrives once"
        : network.Reordering > 0 ? "formulas take no message for held back"
        : network.QueueBytesMax is not null ? "formulas let lines queue without end"
        : network.InOrder && !network.Jitter.IsNone ? "formulas let links reorder"
        : null;
}
