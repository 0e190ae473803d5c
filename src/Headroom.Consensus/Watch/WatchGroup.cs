using Headroom.Consensus.Groups;
using Headroom.Consensus.Watch.Torture;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Watch;

/// <summary>The members of one run, for any host that runs them one at a time: the store, then relays, then watchers; and what came of it. Updates are drawn once and come at their moments by the store's clock.</summary>
public sealed class WatchGroup
{
    private readonly WatchOptions _options;
    private readonly WatchCatalogue _catalogue;
    private readonly WatchTree _tree;
    private readonly WatchMeter _meter;
    private readonly WatchReceiver[] _receivers;
    private long[]? _lastOwed;
    private WatchStore _store;

    /// <param name="options">What they are.</param>
    /// <param name="seed">Draws the updates.</param>
    /// <param name="nowNs">True time, where everything that watchers take in is held against what must hold (docs/watch.md); null for no such checks.</param>
    public WatchGroup(WatchOptions options, Seed seed, Func<long>? nowNs = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _catalogue = new WatchCatalogue(options);
        _tree = new WatchTree(options, _catalogue);
        _meter = new WatchMeter(_catalogue.Draw(seed.Named("updates")), _tree.Members);
        _receivers = new WatchReceiver[_tree.Members];
        Checks = nowNs is null ? null : new WatchChecks(options, _catalogue, _tree, _meter.Updates, nowNs);
        _options = options with { Witness = Checks };
        _store = NewStore();
    }

    public int Members => _tree.Members;

    /// <summary>Members from 1 on; watchers come after them.</summary>
    public int Relays => _tree.Relays;

    /// <summary>Every update is committed, and every watcher knows all of its interest.</summary>
    public bool IsComplete
    {
        get
        {
            if (_store.Revision < _meter.Updates.Length)
            {
                return false;
            }

            _lastOwed ??= LastOwed();
            return Enumerable.Range(1 + _tree.Relays, _options.Watchers).All(member => _receivers[member].Revision >= _lastOwed[member]);
        }
    }

    /// <summary>What watches over what members take in; null where nothing does.</summary>
    internal WatchChecks? Checks { get; }

    internal WatchTree Tree => _tree;

    internal WatchMeter Meter => _meter;

    internal ObjectStates StatesOf(int watcher) => _receivers[watcher].States;

    /// <summary>The role of a member, made anew each time that it begins without memory.</summary>
    public GroupMember Create(int member) => member == 0 ? new GroupMember(_store = NewStore())
        : new GroupMember(_receivers[member] = new WatchReceiver(member, _options, _catalogue, _tree, _meter, member <= _tree.Relays ? NewFeed(member) : null));

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
            Groups = _store.Groups,
            WatchersNotified = _meter.WasToldBy.Count(was => was),
            ConsensusMessages = 2L * (_options.StoreMembers - 1) * _meter.StoreEntries,
            LatenciesNs = _meter.LatenciesNs,
            Differing = CountDiffering(),
            Learning = Learning(changes, watchers),
            Violations = Checks?.Violations ?? [],
        };
    }

    private WatchStore NewStore() => new(_options, _catalogue, NewFeed(0), _meter);

    private ChangeFeed NewFeed(int member) => new(member, _options, _tree, _catalogue, _meter);

    /// <summary>For each watcher the revision of the last change that it is to know.</summary>
    private long[] LastOwed()
    {
        var owed = new long[_tree.Members];
        for (int member = 1 + _tree.Relays; member < _tree.Members; member++)
        {
            owed[member] = 1 + _meter.Committed.FindLastIndex(update => Array.BinarySearch(_tree.Interests[member]!, _catalogue.TopicOf(_meter.Updates[update].Object)) >= 0);
        }

        return owed;
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
