using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Watch;

/// <summary>
/// Objects of one sort, all of the same shape: text fields of which an update writes some anew. They lie evenly over topics (object o in topic o modulo their number), and whoever
/// watches a topic is to know every change in it.
/// </summary>
public sealed record WatchKind
{
    /// <summary>Fields of an object at most: their set is one number on the wire.</summary>
    public const int FieldsMax = 62;

    public required string Name { get; init; }

    public required int Objects { get; init; }

    public required int Topics { get; init; }

    /// <summary>Nodes that watch a topic: topic t those from t times this number on, around the nodes.</summary>
    public required int WatchersEach { get; init; }

    /// <summary>Updates a second, at random moments (a Poisson process); each is of an object drawn from all.</summary>
    public required double RateHz { get; init; }

    /// <summary>Updates that come in one moment when the run begins.</summary>
    public int AtOnce { get; init; }

    public required int Fields { get; init; }

    public required int FieldBytes { get; init; }

    /// <summary>Fields that an update draws and writes anew.</summary>
    public required int Changed { get; init; }

    /// <summary>Random bytes of a field's value, two hexadecimal digits each at its end; what stands before them is always the same.</summary>
    public required int RandomBytes { get; init; }

    /// <summary>Share of the updates that delete their object; the next update makes it anew. Entropy and original bytes are told for none.</summary>
    public double Deletions { get; init; }

    /// <summary>
    /// Entropy of a change to who knows the object's state and which topic it is in, in bits: log2(objects of the topic) + log2 C(fields, changed) + 8 changed randomBytes. All are drawn
    /// evenly, so this is exact; who watches many topics learns which one on top.
    /// </summary>
    public double EntropyBits => Elementary.Log2(Objects / Topics) + (Elementary.LogBinomial(Fields, Changed) / Elementary.Log(2)) + (8.0 * Changed * RandomBytes);

    internal int StateBytes => Fields * FieldBytes;

    internal void Validate(int nodes)
    {
        Between(Topics, 1, 1_000_000, nameof(Topics));
        Between(Objects, Topics, 10_000_000, nameof(Objects));
        Between(WatchersEach, 0, nodes, nameof(WatchersEach));
        Between(AtOnce, 0, 1_000_000, nameof(AtOnce));
        Between(Fields, 1, FieldsMax, nameof(Fields));
        Between(Changed, 1, Fields, nameof(Changed));
        Between(FieldBytes, 2, 4096, nameof(FieldBytes));
        Between(RandomBytes, 1, FieldBytes / 2, nameof(RandomBytes));
        Between(StateBytes, 2, 8192, "bytes of an object");
        if (Objects % Topics != 0)
        {
            throw new ArgumentException($"{Objects} objects do not lie evenly over {Topics} topics");
        }

        if (!(Deletions is >= 0 and < 1))
        {
            throw new ArgumentException($"a share of deletions is at least 0 and less than 1, not {Deletions}");
        }

        if (!(RateHz is >= 0 and <= 1e6))
        {
            throw new ArgumentException($"a rate is 0 to 1e6 a second, not {RateHz}");
        }
    }

    private static void Between(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
