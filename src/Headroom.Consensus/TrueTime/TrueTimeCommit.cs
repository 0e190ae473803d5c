using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Two-phase commit over replicated groups with commit timestamps as Spanner's [corbett2013], and without its clocks. Every run that ends whole is checked: see <see cref="ExternalConsistency"/>.
/// </summary>
public static class TrueTimeCommit
{
    /// <summary>How often a run is looked at for its end.</summary>
    private const long LookNs = 100_000_000;

    /// <summary>A run on the simulator, a function of the options and the seed.</summary>
    public static TrueTimeResult Run(TrueTimeOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var meter = new CommitMeter();
        var keys = new ZipfKeys(options.Keys, options.ZipfExponent);
        var clients = new TransactionClient[options.Clients];
        RaftGroup[] groups = [.. Enumerable.Range(0, options.Groups).Select(options.RaftOf)];
        var host = new SimulationHost<GroupMember, CommitLoadObserver>(Simulation(options, seed), Create, new CommitLoadObserver(options.Servers, options.Replicas));
        // Groups find their leaders first, which belongs to no transaction.
        host.Run(Math.Min(options.UntilNs, options.StartNs - 1));
        host.Observer = new CommitLoadObserver(options.Servers, options.Replicas);
        long atNs = options.StartNs;
        while (atNs < options.UntilNs && !Array.TrueForAll(clients, client => client.IsDone))
        {
            atNs = Math.Min(options.UntilNs, atNs + LookNs);
            host.Run(atNs);
        }

        // What the last answers leave to be told and recorded belongs to them too.
        host.Run(Math.Min(options.UntilNs, atNs + options.StartNs));
        long[,] between = BytesBetween(options, host.Observer.Links);
        meter.Messages = host.Observer.Messages;

        bool isWhole = clients.All(client => client.IsDone);
        TransactionRecord[] transactions = [.. clients.SelectMany(client => client.Records)];
        return new TrueTimeResult
        {
            Transactions = transactions,
            CommitLatenciesNs = Latencies(clients, ofSnapshots: false),
            SnapshotLatenciesNs = Latencies(clients, ofSnapshots: true),
            Aborts = clients.Sum(client => client.Aborts),
            AttemptsMax = clients.Max(client => client.AttemptsMax),
            BytesBetween = between,
            Meter = meter,
            Violation = isWhole ? ExternalConsistency.Check(transactions) : null,
            Reversed = ExternalConsistency.CountReversed(transactions),
            IsWhole = isWhole,
        };

        GroupMember Create(int member) =>
            member < options.Servers ? new GroupMember(new TransactionServer(options, groups[member / options.Replicas], member, meter))
            : member == options.Oracle ? new GroupMember(new TimestampOracle())
            : new GroupMember(clients[member - options.Servers] = new TransactionClient(options, keys, member));
    }

    private static SimulationOptions Simulation(TrueTimeOptions options, Seed seed)
    {
        int[] regions = [.. Enumerable.Range(0, options.Members).Select(member => options.RegionOf(member))];
        var latencies = new long[options.Regions, options.Regions];
        for (int i = 0; i < options.Regions; i++)
        {
            for (int j = 0; j < options.Regions; j++)
            {
                latencies[i, j] = options.LatencyNs(i, j);
            }
        }

        return new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Regions(regions, latencies) },
            Seed = seed,
            DurabilityNs = options.DurabilityNs,
            ClockUncertaintyNs = options.Clocks.ResidueNs,
            Faults = options.Clocks.Plan(options.Servers, options.Members, options.UntilNs, seed.Named("clocks")),
        };
    }

    private static long[,] BytesBetween(TrueTimeOptions options, LinkLoadObserver observer)
    {
        var between = new long[options.Regions, options.Regions];
        foreach (LinkLoad link in observer.Top(observer.LinkCount))
        {
            between[options.RegionOf(link.From), options.RegionOf(link.To)] += link.WireBytes;
        }

        return between;
    }

    private static double[] Latencies(TransactionClient[] clients, bool ofSnapshots)
    {
        double[] latencies = [.. clients.SelectMany(client => client.Records.Zip(client.LatenciesNs)).Where(pair => pair.First.IsSnapshot == ofSnapshots).Select(pair => (double)pair.Second)];
        Array.Sort(latencies);
        return latencies;
    }
}
