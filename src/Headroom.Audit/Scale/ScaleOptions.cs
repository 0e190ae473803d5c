using Headroom.Audit.Comparisons.Grids;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Scale;

/// <summary>One large run: a protocol, how many members, and the whole link model.</summary>
public sealed record ScaleOptions
{
    /// <summary>Arrays of a few numbers a member, and of a number a link, still have an index.</summary>
    public const int MembersMax = 100_000_000;

    public required BroadcastStrategy Strategy { get; init; }

    public required int Members { get; init; }

    /// <summary>Links of each member in a random regular topology; null where everybody reaches everybody.</summary>
    public int? Degree { get; init; }

    public required long LatencyNs { get; init; }

    /// <summary>Mean of the exponential delay that links add.</summary>
    public required long JitterNs { get; init; }

    public required double Loss { get; init; }

    public required double BandwidthBps { get; init; }

    public required int PayloadBytes { get; init; }

    public double Failures { get; init; }

    public int Broadcasts { get; init; } = 10;

    public required Seed Seed { get; init; }

    public string TopologyName => Degree is { } degree ? $"regular:{degree}" : "complete";

    /// <summary>Reads <c>complete</c> or <c>regular:5</c>.</summary>
    public static int? ReadDegree(string text, int members)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "complete")
        {
            return null;
        }

        const string Regular = "regular:";
        return text.StartsWith(Regular, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Regular.Length), out int degree) && degree >= 3 && 2L * degree <= members && (long)members * degree % 2 == 0
            && (long)members * degree <= Array.MaxLength
            ? degree
            : throw AxisReader.Wrong("--topology", $"'{text}': complete, or regular:5 (three links a member or more and at most half as many as members; an even number in all, at most {Array.MaxLength})");
    }

    /// <summary>The members, their links and lines; made anew each time, for it takes memory.</summary>
    public BroadcastSetting Setting() => new()
    {
        Network = new NetworkOptions
        {
            Topology = Degree is { } degree ? Topology.RandomRegular(Members, degree, LatencyNs, Seed.Named("topology")) : Topology.Complete(Members, LatencyNs),
            Jitter = JitterNs == 0 ? Jitter.None : new Jitter(JitterShape.Exponential, JitterNs),
            Loss = Loss,
            BandwidthBps = BandwidthBps,
        },
        PayloadBytes = PayloadBytes,
        Failures = Failures,
    };
}
