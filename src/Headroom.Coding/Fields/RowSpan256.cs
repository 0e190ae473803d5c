namespace Headroom.Coding.Fields;

/// <summary>A growing subspace of GF(2^8)^columns, over <see cref="GaloisField256"/>.</summary>
public sealed class RowSpan256(int columns) : RowSpan<GaloisField256, byte>(columns);
