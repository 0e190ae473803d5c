namespace Headroom.Dissemination.Memory;

/// <summary>The state of a protocol that keeps none beside the payload.</summary>
public readonly struct Nothing;
