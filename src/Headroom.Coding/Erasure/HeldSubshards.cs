namespace Headroom.Coding.Erasure;

/// <summary>Sub-chunks in one piece of memory: some of a shard that is there whole, or a message's, one after another.</summary>
/// <param name="Bytes">The shard, or the message.</param>
/// <param name="Indices">Which of its parts are meant; null for all in order.</param>
/// <param name="Count">How many.</param>
internal readonly record struct HeldSubshards(Memory<byte> Bytes, IReadOnlyList<int>? Indices, int Count)
{
    public int IndexOf(int i) => Indices is null ? i : Indices[i];

    public Memory<byte> Part(int i, int part) => Bytes.Slice(IndexOf(i) * part, part);
}
