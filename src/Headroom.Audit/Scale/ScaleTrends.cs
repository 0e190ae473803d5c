using Headroom.Audit.Comparisons.Grids;

namespace Headroom.Audit.Scale;

/// <summary>The trends of one protocol over its sizes.</summary>
public sealed record ScaleTrends(string Protocol, string Topology, IReadOnlyList<ScalePoint> Points, IReadOnlyList<ScaleTrend> All)
{
    private const int SizesMin = 3;

    public ScaleTrend Messages => All[2];

    public ScaleTrend WireBytes => All[3];

    /// <summary>
    /// One for each protocol and topology with at least three sizes. Time and memory are fitted to sizes from <paramref name="leastMembers"/> on, since below
    /// the program's own start is most of it.
    /// </summary>
    public static IReadOnlyList<ScaleTrends> Of(IReadOnlyList<ScalePoint> points, double leastMembers)
    {
        ArgumentNullException.ThrowIfNull(points);
        var all = new List<ScaleTrends>();
        foreach (IGrouping<(string, string), ScalePoint> group in points.GroupBy(point => (point.Protocol, point.Topology)))
        {
            // Of several runs of one size the last counts.
            ScalePoint[] sizes = [.. group.GroupBy(point => point.Members).Select(same => same.Last()).OrderBy(point => point.Members)];
            ScalePoint[] large = [.. sizes.Where(point => point.Members >= leastMembers)];
            if (large.Length >= SizesMin)
            {
                all.Add(new ScaleTrends(group.Key.Item1, group.Key.Item2, sizes,
                [
                    ScaleTrend.Of("processor time of the run", "s", ScaleLaw.Power, large, point => point.ProcessorSeconds),
                    ScaleTrend.Of("memory a member", "B", ScaleLaw.Power, large, point => point.MemoryBytesPerMember),
                    ScaleTrend.Of("messages a member and broadcast", "messages", ScaleLaw.Power, sizes, point => point.MessagesPerMember),
                    ScaleTrend.Of("bytes a member and broadcast", "B", ScaleLaw.Power, sizes, point => point.WireBytesPerMember),
                    ScaleTrend.Of("hops", "hops", ScaleLaw.Logarithm, sizes, point => point.Hops),
                    ScaleTrend.Of("until 99 % have it", "s", ScaleLaw.Logarithm, sizes, point => point.P99Seconds),
                    ScaleTrend.Of("until the last has it", "s", ScaleLaw.Logarithm, sizes, point => point.LastSeconds),
                ]));
            }
        }

        return all.Count > 0 ? all : throw AxisReader.Wrong("--fit", $"a fit takes {SizesMin} sizes of one protocol from {leastMembers:0} members on; run more with --append");
    }
}
