using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Watch;

/// <summary>A store's server that tells watchers of every change, as etcd and the servers before it do: to all, by interest, as deltas, in batches, over relays.</summary>
public static class WatchFanOut
{
    /// <summary>A run on the simulator, a function of the options and the seed. Updates are the same for all ways of telling.</summary>
    public static WatchResult Run(WatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var catalogue = new WatchCatalogue(options);
        var tree = new WatchTree(options, catalogue);
        WatchUpdate[] updates = catalogue.Draw(seed.Named("updates"));
        var meter = new WatchMeter(updates, tree.Members);
        var feeds = new ChangeFeed?[tree.Members];
        var receivers = new WatchReceiver[tree.Members];
        for (int member = 0; member <= tree.Relays; member++)
        {
            feeds[member] = new ChangeFeed(member, options, tree, catalogue.Topics, meter);
        }

        var store = new WatchStore(options, catalogue, feeds[0]!, meter);
        var host = new SimulationHost<GroupMember, NoObserver>(Simulation(options, tree, seed), Create, default);
        host.Run(options.DurationNs + options.DrainNs);
        return Result(options, catalogue, tree, meter, store, receivers) with { Groups = feeds[0]!.GroupCount };

        GroupMember Create(int member) => member == 0 ? new GroupMember(store)
            : new GroupMember(receivers[member] = new WatchReceiver(member, options, catalogue, tree, meter, feeds[member]));
    }

    private static SimulationOptions Simulation(WatchOptions options, WatchTree tree, Seed seed) => new()
    {
        Network = new NetworkOptions
        {
            Topology = Topology.Complete(tree.Members, options.LinkNs),
            BandwidthBps = options.BandwidthBps,
            Loss = options.Loss,
            Packets = PacketFormat.TcpOverEthernet,
        },
        Seed = seed,
    };

    private static WatchResult Result(WatchOptions options, WatchCatalogue catalogue, WatchTree tree, WatchMeter meter, WatchStore store, WatchReceiver[] receivers)
    {
        var changes = new double[catalogue.Topics];
        var watchers = new double[catalogue.Topics];
        foreach (int topic in tree.Interests.SelectMany(interest => interest ?? []))
        {
            watchers[topic]++;
        }

        var codec = new ChangeCodec(catalogue);
        double original = 0;
        for (int i = 0; i < meter.Updates.Length; i++)
        {
            WatchUpdate update = meter.Updates[i];
            int topic = catalogue.TopicOf(update.Object);
            ReadOnlySpan<byte> state = catalogue.FirstState(update.Object);
            changes[topic]++;
            // Verb, revision before and step, revision's step: the shortest message that tells one whole object.
            original += watchers[topic] * (codec.Encode(update.Object, update.Fields, state, state, isDelta: false).Length + 4);
        }

        meter.LatenciesNs.Sort();
        return new WatchResult
        {
            Meter = meter,
            Updates = meter.Updates.Length,
            Deliveries = (long)changes.Zip(watchers, (count, each) => count * each).Sum(),
            OriginalBytes = (long)original,
            Relays = tree.Relays,
            Groups = 0,
            WatchersNotified = meter.WasToldBy.Count(was => was),
            ConsensusMessages = 2L * (options.StoreMembers - 1) * meter.StoreEntries,
            LatenciesNs = meter.LatenciesNs,
            Differing = CountDiffering(catalogue, tree, meter, store, receivers),
            Learning = Learning(options, changes, watchers),
        };
    }

    private static WatchLearning[] Learning(WatchOptions options, double[] changes, double[] watchers)
    {
        var learning = new WatchLearning[options.Kinds.Count];
        int first = 0;
        for (int k = 0; k < learning.Length; k++)
        {
            WatchKind kind = options.Kinds[k];
            learning[k] = new WatchLearning(kind.Name, changes[first..(first + kind.Topics)], watchers[first..(first + kind.Topics)], kind.EntropyBits);
            first += kind.Topics;
        }

        return learning;
    }

    private static int CountDiffering(WatchCatalogue catalogue, WatchTree tree, WatchMeter meter, WatchStore store, WatchReceiver[] receivers)
    {
        int[] changed = [.. meter.Updates.Select(update => update.Object).Distinct()];
        int[] topics = [.. changed.Select(catalogue.TopicOf)];
        int differing = 0;
        for (int member = tree.Relays + 1; member < tree.Members; member++)
        {
            int[] interests = tree.Interests[member]!;
            for (int i = 0; i < changed.Length; i++)
            {
                if (Array.BinarySearch(interests, topics[i]) >= 0 && !receivers[member].States.Of(changed[i]).SequenceEqual(store.States.Of(changed[i])))
                {
                    differing++;
                    break;
                }
            }
        }

        return differing;
    }
}
