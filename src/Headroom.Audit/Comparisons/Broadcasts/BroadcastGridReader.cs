using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Reads a grid of broadcasts, and refuses what is impossible before anything runs.</summary>
public static class BroadcastGridReader
{
    public const int MembersMax = 10_000_000;
    private const int PayloadBytesMax = 1 << 30;
    private const int NetworksMax = 100_000;
    private const int MembersDefault = 1000;
    private const long LatencyNsDefault = 50_000_000;

    /// <exception cref="InputException">What is wrong, and with which option.</exception>
    public static BroadcastGrid Read(BroadcastGridText text, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        var files = new ReadingContext(Environment.CurrentDirectory);
        IReadOnlyList<long>? members = text.Members is null ? null : AxisReader.Counts("--members", text.Members, 2, MembersMax);
        IReadOnlyList<LinkLatency>? latencies = text.Latency is null ? null : AxisReader.Each("--latency", text.Latency, (part, place) => LinkText.Latency(part, place, files));
        IReadOnlyList<double> failures = AxisReader.Shares("--failures", text.Failures, "a share of failures");
        int payload = AxisReader.Bytes("--payload", text.Payload, PayloadBytesMax);
        (List<BroadcastStrategy> protocols, bool isAll) = Protocols(text.Protocols);
        BroadcastLinks[] links = [.. AxisReader.Split("--topology", text.Topology).SelectMany(name => BroadcastLinks.Read(name, members, MembersDefault, seed))];
        FaultsChoice faults = text.Faults is null ? FaultsChoice.None : FaultsChoice.Read(text.Faults, Place.OfOption("--faults"), files);
        Func<NetworkOptions, NetworkOptions>[] characters = [.. LinkGrid.Read(text, files)];
        BroadcastNetwork[] networks =
        [
            .. from link in links
               from latency in Latencies(link, latencies)
               let topology = link.With(latency)
               from character in characters
               from failure in failures
               select new BroadcastNetwork
               {
                   Topology = link.Name,
                   TopologyDigest = link.Digest + latency?.Digest,
                   LatencyNs = latency?.Ns,
                   Regions = latency?.File ?? "",
                   Faults = faults.Words,
                   Setting = faults.In(new BroadcastSetting { Network = character(new NetworkOptions { Topology = topology }), PayloadBytes = payload, Failures = failure }),
               },
        ];
        if (networks.Length > NetworksMax)
        {
            throw AxisReader.Wrong("compare", $"{networks.Length} settings; at most {NetworksMax} are taken");
        }

        CheckProtocols(protocols, isAll, networks);
        return new BroadcastGrid { Protocols = protocols, Networks = BroadcastNetwork.WithAxes(networks), Inputs = [.. links.Select(l => l.Path).OfType<string>().Concat(files.Inputs).Distinct()] };
    }

    private static IReadOnlyList<LinkLatency?> Latencies(BroadcastLinks links, IReadOnlyList<LinkLatency>? given)
    {
        if (links.HasLatencies)
        {
            return given is null ? [null] : throw AxisReader.Wrong("--latency", $"the topology {links.Name} states latencies of its own: leave --latency out");
        }

        foreach (LinkLatency latency in given ?? [])
        {
            if (latency.Matrix is { } matrix && (links.Graph is not null || matrix.Regions.Count > links.Members))
            {
                throw AxisReader.Wrong("--latency", links.Graph is not null
                    ? $"{latency.File} says the latencies between regions of members that all reach each other; the topology {links.Name} has links of its own"
                    : $"{latency.File} has {matrix.Regions.Count} regions for {links.Members} members; at least one in each is expected");
            }
        }

        return given ?? [new LinkLatency { Ns = LatencyNsDefault }];
    }

    /// <summary>With <c>all</c> those that cannot run somewhere are passed over there; a protocol that was named must run everywhere.</summary>
    private static void CheckProtocols(List<BroadcastStrategy> protocols, bool isAll, BroadcastNetwork[] networks)
    {
        foreach (BroadcastNetwork network in networks)
        {
            try
            {
                network.Setting.Validate();
            }
            catch (ArgumentException e)
            {
                throw AxisReader.Wrong("compare", $"{network}: {e.Message}");
            }

            foreach (BroadcastStrategy protocol in isAll ? [] : protocols)
            {
                if (protocol.Problem(network.Setting) is { } problem)
                {
                    throw AxisReader.Wrong("--protocols", problem);
                }
            }
        }
    }

    private static (List<BroadcastStrategy> Protocols, bool IsAll) Protocols(string text)
    {
        var protocols = new List<BroadcastStrategy>();
        IReadOnlyList<string> names = AxisReader.Split("--protocols", text);
        foreach (string name in names)
        {
            IEnumerable<BroadcastStrategy> meant = name == "all" ? BroadcastRegistry.All.SelectMany(Usual)
                : BroadcastRegistry.TryParse(name, out BroadcastStrategy? strategy, out string? problem) ? [strategy]
                : throw AxisReader.Wrong("--protocols", problem);
            protocols.AddRange(meant.Where(p => !protocols.Contains(p)));
        }

        return (protocols, names.Contains("all"));
    }

    /// <summary>What a protocol is usually tried with; where nothing is usual, its defaults.</summary>
    private static IEnumerable<BroadcastStrategy> Usual(BroadcastProtocol protocol) =>
        protocol.Usual.Length > 0 ? protocol.Usual
        : protocol.Form.Parameters.All(p => p.Default is not null) ? [protocol.Example]
        : [];
}
