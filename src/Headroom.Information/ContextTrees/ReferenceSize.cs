namespace Headroom.Information.ContextTrees;

/// <summary>Bytes that context-tree weighting would send, bytes that must be shared once before, and whether a tree stopped growing on the way.</summary>
public sealed record ReferenceSize(long SentBytes, long SharedBytes, bool IsTreeFull);
