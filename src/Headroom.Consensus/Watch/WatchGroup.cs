using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Watch;

/// <summary>The members of one run, for any host that runs them one at a time: the store, then relays, then watchers; and what came of it. Updates are drawn once and come at their moments by the store's clock.</summary>
public sealed class WatchGroup
{
    private readonly WatchOptions _options;
    private readonly WatchCatalogue _catalogue;
    private readonly WatchTree _tree;
    private readonly WatchMeter _meter;
    private readonly ChangeFeed?[] _feeds;
    private readonly WatchReceiver[] _receivers;
    private readonly WatchStore _store;
    private readonly long _deliveries;

    public WatchGroup(WatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _catalogue = new WatchCatalogue(options);
        _tree = new WatchTree(options, _catalogue);
        _meter = new WatchMeter(_catalogue.Draw(seed.Named("updates")), _tree.Members);
        _feeds = new ChangeFeed?[_tree.Members];
        _receivers = new WatchReceiver[_tree.Members];
        for (int member = 0; member <= _tree.Relays; member++)
        {
            _feeds[member] = new ChangeFeed(member, options, _tree, _catalogue.Topics, _meter);
        }

        _store = new WatchStore(options, _catalogue, _feeds[0]!, _meter);
        var watchers = new long[_catalogue.Topics];
        foreach (int topic in _tree.Interests.SelectMany(interest => interest ?? []))
        {
            watchers[topic]++;
        }

        _deliveries = _meter.Updates.Sum(update => watchers[_catalogue.TopicOf(update.Object)]);
    }

    public int Members => _tree.Members;

    /// <summary>Every interested watcher has learned every change.</summary>
    public bool IsComplete => _meter.LatenciesNs.Count >= _deliveries;

    /// <summary>The role of a member, made once.</summary>
    public GroupMember Create(int member) => member == 0 ? new GroupMember(_store)
        : new GroupMember(_receivers[member] = new WatchReceiver(member, _options, _catalogue, _tree, _meter, _feeds[member]));

    /// <summary>What came of it so far; asked when nothing runs any more.</summary>
    public WatchResult Result()
    {
        var changes = new double[_catalogue.Topics];
        var watchers = new double[_catalogue.Topics];
        foreach (int topic in _tree.Interests.SelectMany(interest => interest ?? []))
        {
            watchers[topic]++;
        }

        var codec = new ChangeCodec(_catalogue);
        double original = 0;
        for (int i = 0; i < _meter.Updates.Length; i++)
        {
            WatchUpdate update = _meter.Updates[i];
            int topic = _catalogue.TopicOf(update.Object);
            ReadOnlySpan<byte> state = _catalogue.FirstState(update.Object);
            changes[topic]++;
            // Verb, revision before and step, revision's step: the shortest message that tells one whole object.
            original += watchers[topic] * (codec.Encode(update.Object, update.Fields, state, state, isDelta: false).Length + 4);
        }

        _meter.LatenciesNs.Sort();
        return new WatchResult
        {
            Meter = _meter,
            Updates = _meter.Updates.Length,
            Deliveries = (long)changes.Zip(watchers, (count, each) => count * each).Sum(),
            OriginalBytes = (long)original,
            Relays = _tree.Relays,
            Groups = _feeds[0]!.GroupCount,
            WatchersNotified = _meter.WasToldBy.Count(was => was),
            ConsensusMessages = 2L * (_options.StoreMembers - 1) * _meter.StoreEntries,
            LatenciesNs = _meter.LatenciesNs,
            Differing = CountDiffering(),
            Learning = Learning(changes, watchers),
        };
    }

    private WatchLearning[] Learning(double[] changes, double[] watchers)
    {
        var learning = new WatchLearning[_options.Kinds.Count];
        int first = 0;
        for (int k = 0; k < learning.Length; k++)
        {
            WatchKind kind = _options.Kinds[k];
            learning[k] = new WatchLearning(kind.Name, changes[first..(first + kind.Topics)], watchers[first..(first + kind.Topics)], kind.EntropyBits);
            first += kind.Topics;
        }

        return learning;
    }

    private int CountDiffering()
    {
        int[] changed = [.. _meter.Updates.Select(update => update.Object).Distinct()];
        int[] topics = [.. changed.Select(_catalogue.TopicOf)];
        int differing = 0;
        for (int member = _tree.Relays + 1; member < _tree.Members; member++)
        {
            int[] interests = _tree.Interests[member]!;
            for (int i = 0; i < changed.Length; i++)
            {
                if (Array.BinarySearch(interests, topics[i]) >= 0 && !_receivers[member].States.Of(changed[i]).SequenceEqual(_store.States.Of(changed[i])))
                {
                    differing++;
                    break;
                }
            }
        }

        return differing;
    }
}
