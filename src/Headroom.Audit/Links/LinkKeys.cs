using Headroom.Audit.Reading;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>The keys of <c>network</c> in a system file, and what they make.</summary>
public static class LinkKeys
{
    private const int RegionsMax = 1000;

    /// <summary>Linux's least time until TCP sends again.</summary>
    private const long RepeatNsMin = 200_000_000;

    private static readonly Key<string> ShapeKey = Keys.Choice("shape", "its distribution", "exponential", "exp", "uniform", "lognormal", "log-normal");
    private static readonly Key<Quantity> MeanKey = Keys.Quantity("mean", "5 ms", "its mean", "0 s", "1 h");
    private static readonly Key<double> SigmaKey = Keys.Number("sigma", "of a log-normal one: the standard deviation of the logarithm");
    private static readonly Key<string> FileKey = Keys.File("file", "in place of all these: a file of delays, one a line");
    private static readonly Key<double> MeanLossKey = Keys.Share("mean", "share lost in the long run", 0, 0.99).Required();
    private static readonly Key<double> BurstsKey = Keys.Number("bursts", "messages lost in a row on average; each by itself where left out", 1, LinkText.BurstMax);

    public static Key<LinkLatency> Latency { get; } = new("latency", LinkText.LatencyForms, "minimum latency of every link; left out where the topology states delays",
        (node, context) => LinkText.Latency(Keys.ReadText("latency", node, $"a latency such as {LinkText.LatencyForms}"), new Place(node.Mark, "latency"), context));

    public static Key<long> Regions { get; } = Keys.Count("regions", "equal regions that the members fall into; 'latency' then holds within one", 2, RegionsMax);

    public static Key<Quantity> Between { get; } = Keys.Quantity("between regions", "80 ms", "minimum latency between members of different regions", "0 s", "1 h");

    private static Key<Jitter> JitterKey { get; } = new Key<Jitter>("jitter", LinkText.JitterForms + "; or a mapping", "what links add to their minimum latency", ReadJitter)
    {
        Below = [ShapeKey, MeanKey, SigmaKey, FileKey],
    }.Or("0 ms");

    private static Key<LinkLoss> LossKey { get; } = new Key<LinkLoss>("loss", LinkText.LossForms + "; or a mapping", "share of the messages that are lost on their way", ReadLoss)
    {
        Below = [MeanLossKey, BurstsKey],
    }.Or("0 %");

    private static Key<double> DuplicationKey { get; } = Keys.Share("duplication", "share of the messages that arrive twice", 0, 0.99).Or("0 %");

    private static Key<(double Share, long DelayNs)> ReorderingKey { get; } = new Key<(double, long)>("reordering", LinkText.ReorderingForms, "messages that later ones overtake",
        (node, _) => LinkText.Reordering(Keys.ReadText("reordering", node, LinkText.ReorderingForms), new Place(node.Mark, "reordering"))).Or("0 %");

    private static Key<string> InOrderKey { get; } = Keys.Choice("in order", "each link hands over in the order of sending", "yes", "no").Or("no");

    private static Key<Quantity> BandwidthKey { get; } = Keys.Positive("bandwidth", "100 Mbit/s", "speed of each member's line, each way; infinite where left out");

    private static Key<Quantity> QueueKey { get; } = Keys.Checked(Keys.Positive("queue", "64 kB", "what each member's sending line holds, more is dropped; without end where left out"),
        (_, q) => q.In(Unit.Byte) is >= 1 and <= 1e15 ? null : "'queue' lies between 1 B and 1 PB");

    public static Key<Section> Network { get; } = NetworkWith(Latency, Regions, Between);

    /// <summary>The section with these keys in place of those that say the latencies.</summary>
    public static Key<Section> NetworkWith(params Key[] latencies) =>
        Keys.Section("network", "how links behave", [.. latencies, JitterKey, LossKey, DuplicationKey, ReorderingKey, InOrderKey, BandwidthKey, QueueKey]);

    /// <summary>At the bandwidth's place.</summary>
    internal static InputException FailBandwidth(Section network, string problem) => network.Fail(BandwidthKey, problem);

    /// <summary>Everybody reaches everybody; with regions, members 0, r, 2r, … share one.</summary>
    public static Topology Complete(int members, LinkLatency latency, Section network)
    {
        ArgumentNullException.ThrowIfNull(latency);
        ArgumentNullException.ThrowIfNull(network);
        bool hasRegions = network.TryGet(Regions, out long regions);
        bool hasBetween = network.TryGet(Between, out Quantity between);
        if (latency.Matrix is { } given && (hasRegions || hasBetween))
        {
            throw network.Fail(hasRegions ? Regions : Between, $"the matrix {latency.File} says the regions and what lies between them: leave 'regions' and 'between regions' out");
        }

        if (latency.Matrix is null && hasRegions != hasBetween)
        {
            throw network.Fail(hasRegions ? Regions : Between, "'regions' and 'between regions' are given together");
        }

        if ((latency.Matrix?.Regions.Count ?? regions) > members)
        {
            throw network.Fail(hasRegions ? Regions : Latency, $"{latency.Matrix?.Regions.Count ?? regions} regions need as many members at least");
        }

        if (!hasRegions)
        {
            return latency.Complete(members);
        }

        var matrix = new long[regions, regions];
        for (int from = 0; from < regions; from++)
        {
            for (int to = 0; to < regions; to++)
            {
                matrix[from, to] = from == to ? latency.Ns!.Value : (long)Math.Round(between.In(Unit.Second) * 1e9);
            }
        }

        return Topology.Regions([.. Enumerable.Range(0, members).Select(member => member % (int)regions)], matrix);
    }

    /// <summary>These links as they were described; plain ones where nothing was.</summary>
    public static NetworkOptions Read(Topology topology, Section? network)
    {
        var plain = new NetworkOptions { Topology = topology };
        if (network is null)
        {
            return plain;
        }

        (double reordered, long delayNs) = network.Get(ReorderingKey);
        bool inOrder = network.Get(InOrderKey) == "yes";
        if (reordered > 0 && inOrder)
        {
            throw network.Fail(InOrderKey, "a link that is in order does not reorder: leave 'reordering' or 'in order' out");
        }

        bool hasBandwidth = network.TryGet(BandwidthKey, out Quantity bandwidth);
        bool hasQueue = network.TryGet(QueueKey, out Quantity queue);
        return hasQueue && !hasBandwidth
            ? throw network.Fail(QueueKey, "a queue fills where a line takes time: 'network' needs 'bandwidth' too")
            : network.Get(LossKey).In(plain with
            {
                Jitter = network.Get(JitterKey),
                Duplication = network.Get(DuplicationKey),
                Reordering = reordered,
                ReorderDelayNs = delayNs,
                InOrder = inOrder,
                BandwidthBps = hasBandwidth ? bandwidth.In(Unit.BitPerSecond) : double.PositiveInfinity,
                QueueBytesMax = hasQueue ? (long)Math.Floor(queue.In(Unit.Byte)) : null,
            });
    }

    /// <summary>These links under TCP: what is lost comes later, after Linux's least time-out and a round trip, and holds up what is behind it.</summary>
    /// <exception cref="InputException">The section says that links do not keep the order.</exception>
    public static NetworkOptions OverTcp(NetworkOptions links, Section network, long roundTripNs)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(network);
        return network.IsGiven(InOrderKey) && !links.InOrder && links.Reordering == 0
            ? throw network.Fail(InOrderKey, "tcp hands over in the order of sending: leave 'in order' out, or say 'transport: udp'")
            : links with { RepeatNs = RepeatNsMin + roundTripNs, InOrder = links.Reordering == 0, Packets = PacketFormat.TcpOverEthernet };
    }

    private static Jitter ReadJitter(Node node, ReadingContext context)
    {
        var place = new Place(node.Mark, "jitter");
        if (node is not MappingNode)
        {
            return LinkText.Jitter(Keys.ReadText("jitter", node, $"a jitter such as {LinkText.JitterForms}"), place, context);
        }

        var section = Section.Read(node, "'jitter'", [ShapeKey, MeanKey, SigmaKey, FileKey], context);
        bool hasMean = section.TryGet(MeanKey, out Quantity mean);
        if (section.TryGet(FileKey, out string? file))
        {
            return hasMean || section.IsGiven(ShapeKey) || section.IsGiven(SigmaKey)
                ? throw section.Fail(FileKey, "a file of delays has shape and mean of its own: leave the others out")
                : LinkText.Jitter(LinkText.FilePrefix + file, place, context);
        }

        return hasMean
            ? LinkText.JitterOf(section.TryGet(ShapeKey, out string? shape) ? shape : "exp", (long)Math.Round(mean.In(Unit.Second) * 1e9), section.TryGet(SigmaKey, out double sigma) ? sigma : null, place)
            : throw new InputException(section.Mark, "'jitter' needs 'mean', or 'file'");
    }

    private static LinkLoss ReadLoss(Node node, ReadingContext context)
    {
        var place = new Place(node.Mark, "loss");
        if (node is not MappingNode)
        {
            return LinkText.Loss(Keys.ReadText("loss", node, $"a share such as {LinkText.LossForms}"), place);
        }

        var section = Section.Read(node, "'loss'", [MeanLossKey, BurstsKey], context);
        double mean = section.Get(MeanLossKey);
        return section.TryGet(BurstsKey, out double bursts) ? LinkText.LossOf(mean, bursts, place) : new LinkLoss(mean, null);
    }
}
