using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.Agreements;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>Reads a grid of groups that agree, and refuses what is impossible before anything runs.</summary>
public static class AgreementGridReader
{
    private const int MembersMax = 101;
    private const int ValueBytesMax = 1 << 24;
    private const int CasesMax = 20_000;
    private const long OperationsMax = 1_000_000;

    /// <summary>With crashes a run's load lasts at least so long: in-sync replicas miss a dead leader after nine seconds, and others after several time-outs.</summary>
    private const double SecondsWithCrashesMin = 60;

    /// <exception cref="InputException">What is wrong, and with which option.</exception>
    public static AgreementGrid Read(AgreementGridText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var files = new ReadingContext(Environment.CurrentDirectory);
        int[] members = [.. AxisReader.Counts("--members", text.Members, 1, MembersMax).Select(n => (int)n)];
        int[] failures = [.. AxisReader.Counts("--failures", text.Failures, 0, MembersMax).Select(n => (int)n)];
        IReadOnlyList<LinkLatency> latencies = AxisReader.Each("--latency", text.Latency, (part, place) => LinkText.Latency(part, place, files));
        IReadOnlyList<long> disks = AxisReader.Times("--disk", text.Disk, "10 s");
        int[] values = [.. AxisReader.Split("--value", text.Value).Select(part => AxisReader.Bytes("--value", part, ValueBytesMax)).Distinct()];
        double[] rates = [.. AxisReader.Split("--rate", text.Rate).Select(part => AxisReader.PerSecond("--rate", part)).Distinct()];
        int operations = (int)AxisReader.Counts("--operations", text.Operations, 1, OperationsMax)[0];
        int? clients = text.Clients is null ? null : (int)AxisReader.Counts("--clients", text.Clients, 1, AgreementSetting.ClientsMax)[0];
        FaultsChoice faults = text.Faults is null ? FaultsChoice.None : FaultsChoice.Read(text.Faults, Place.OfOption("--faults"), files);
        if (faults.IsSwarm)
        {
            throw AxisReader.Wrong("--faults", "a swarm heals a core of a broadcast's members; groups that agree take written faults, or --failures (headroom torture draws faults for them)");
        }

        CheckFailures(failures, members);
        Func<NetworkOptions, NetworkOptions>[] links = [.. LinkGrid.Read(text, files)];
        AgreementCase[] cases =
        [
            .. from servers in members
               from value in values
               from rate in rates
               from latency in latencies
               from link in links
               from disk in disks
               from crashes in failures
               where crashes <= servers
               from isRead in new[] { false, true }
               select new AgreementCase
               {
                   LatencyNs = latency.Ns,
                   Regions = latency.File,
                   RegionsDigest = latency.Digest,
                   Faults = faults.Words,
                   Setting = Setting(latency, link(new NetworkOptions { Topology = Topology.Complete(1, 0) }), (servers, clients, crashes), disk, new AgreementLoad
                   {
                       Operations = crashes == 0 ? operations : (int)Math.Min(OperationsMax, Math.Max(operations, Math.Ceiling(rate * SecondsWithCrashesMin))),
                       RatePerSecond = rate,
                       ReadsPercent = isRead ? 100 : 0,
                       ValueBytes = value,
                   }) with { Faults = faults.PlanOf(servers) },
               },
        ];
        if (cases.Length > CasesMax)
        {
            throw AxisReader.Wrong("compare", $"{cases.Length} settings; at most {CasesMax} are taken");
        }

        List<AgreementStrategy> protocols = Protocols(text.Protocols, cases);
        return new AgreementGrid
        {
            Protocols = protocols,
            Cases = AgreementCase.WithAxes(cases),
            Inputs = [.. files.Inputs],
            Notes = [.. from crashes in failures from servers in members where crashes > servers select $"{crashes} failures among {servers} servers cannot be, and were passed over."],
        };
    }

    private static void CheckFailures(int[] failures, int[] members)
    {
        foreach (int crashes in failures)
        {
            if (crashes > members.Max())
            {
                throw AxisReader.Wrong("--failures", $"{crashes} of {string.Join(" or ", members)} servers cannot fail; at most {members.Max()} can");
            }
        }
    }

    private static AgreementSetting Setting(LinkLatency latency, NetworkOptions network, (int Servers, int? Clients, int Crashes) members, long diskNs, AgreementLoad load)
    {
        AgreementPlaces one = Places(latency, members.Servers, 1);
        int clients = Math.Min(load.Operations, members.Clients ?? Math.Max(one.Regions.Count, AgreementSetting.ClientsFor(load.RatePerSecond, one.RoundTripNsMax + network.Jitter.MeanNs, diskNs)));
        return new AgreementSetting { Places = Places(latency, members.Servers, clients), Network = network, Load = load, DurabilityNs = diskNs, Crashes = members.Crashes };
    }

    /// <summary>Servers are dealt out to the regions of a matrix in turn, and so are clients.</summary>
    private static AgreementPlaces Places(LinkLatency latency, int servers, int clients) => latency.Matrix is not { } matrix
        ? AgreementPlaces.Uniform(servers, clients, latency.Ns!.Value)
        : new AgreementPlaces
        {
            Regions = matrix.Regions,
            LatenciesNs = matrix.LatenciesNs,
            Servers = [.. Enumerable.Range(0, servers).Select(server => server % matrix.Regions.Count)],
            Clients = [.. Enumerable.Range(0, clients).Select(client => client % matrix.Regions.Count)],
        };

    /// <summary>Who can run in some setting; who can run in none was named in vain.</summary>
    private static List<AgreementStrategy> Protocols(string text, AgreementCase[] cases)
    {
        foreach (AgreementCase each in cases)
        {
            try
            {
                each.Setting.Validate();
            }
            catch (ArgumentException e)
            {
                throw AxisReader.Wrong("compare", $"{each}: {e.Message}");
            }
        }

        var protocols = new List<AgreementStrategy>();
        foreach (string name in AxisReader.Split("--protocols", text))
        {
            IEnumerable<AgreementStrategy> meant = name == "all" ? AgreementStrategies.Usual
                : AgreementStrategies.TryParse(name, out AgreementStrategy? strategy, out string? problem) ? [strategy]
                : throw AxisReader.Wrong("--protocols", problem);
            foreach (AgreementStrategy protocol in meant.Where(p => !protocols.Contains(p)))
            {
                string?[] problems = [.. cases.Select(each => protocol.Problem(each.Setting))];
                if (Array.TrueForAll(problems, p => p is not null) && name != "all")
                {
                    throw AxisReader.Wrong("--protocols", problems[0]!);
                }

                protocols.Add(protocol);
            }
        }

        return protocols;
    }
}
