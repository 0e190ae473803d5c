using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>
/// What must hold of a store and its watchers, held against a plain second execution of the updates that the store committed. All moments are true time, which members do not know.
/// </summary>
internal sealed class WatchChecks : WatchWitness
{
    public const string Order = "never back";
    public const string Durable = "committed only";
    public const string Values = "right states";
    public const string Missing = "nothing missed";
    public const string Snapshots = "one revision a list";
    public const string Reliable = "no needless list";
    public const string Paced = "questions paced";
    public const string Bounded = "answers bounded";
    public const string Kept = "committed never lost";
    public const string Converged = "convergence once healed";

    private readonly WatchOptions _options;
    private readonly WatchCatalogue _catalogue;
    private readonly WatchTree _tree;
    private readonly WatchUpdate[] _updates;
    private readonly List<Violation> _violations = [];
    private readonly List<(int Object, int Topic, byte[]? State)> _truth = [];
    private readonly List<int> _committed = [];
    private readonly Dictionary<int, List<long>> _revisionsOf = [];
    private readonly long[] _known;
    private readonly long[] _knownEver;
    private readonly bool[] _wasRestarted;
    private readonly (long AtNs, (long, long, long) Place)?[] _asked;
    private readonly (double Level, long AtNs)[] _answered;
    private readonly long _answerBytesMax;
    private readonly int[] _restarts;

    private readonly Func<long> _nowNs;

    /// <param name="options">What is allowed.</param>
    /// <param name="catalogue">The objects.</param>
    /// <param name="tree">Who watches what.</param>
    /// <param name="updates">By their numbers.</param>
    /// <param name="nowNs">True time, told by the host.</param>
    public WatchChecks(WatchOptions options, WatchCatalogue catalogue, WatchTree tree, WatchUpdate[] updates, Func<long> nowNs)
    {
        (_options, _catalogue, _tree, _updates, _nowNs) = (options, catalogue, tree, updates, nowNs);
        _known = new long[tree.Members];
        _knownEver = new long[tree.Members];
        _wasRestarted = new bool[tree.Members];
        _asked = new (long, (long, long, long))?[tree.Members];
        _answered = new (double, long)[tree.Members];
        // One object at least is in an answer, each field with its lengths, after its head.
        _answerBytesMax = options.MessageBytesMax + options.Kinds.Max(kind => kind.StateBytes + (6 * kind.Fields)) + 64;
        _restarts = new int[tree.Members];
    }

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> All { get; } =
    [
        (Order, "what a watcher is told of has a greater revision than all that it knew, and no list is older than what it, or who it was before a crash, knew"),
        (Durable, "a watcher is told of what the store has committed, under the revision that the store gave it, and of nothing else"),
        (Values, "an object that a watcher was told of then is what it was in the store at that revision"),
        (Missing, "a watcher that takes it that it knows all up to a revision was told of each change of its interest up to there, or has listed since"),
        (Snapshots, "a list that a watcher or relay has read shows what the store held at one revision, no more and no less"),
        (Reliable, "nobody lists who was told of all since its revision could be: where changes are known for good, only who lost its memory, or a relay above it"),
        (Paced, "a question is asked again at once only where an answer brought something, otherwise after a wait"),
        (Bounded, "between two bookmarks a member answers with so many bytes and one answer more at most"),
        (Kept, "the store finds after a crash all that it had committed"),
        (Converged, "once all is healed every watcher holds what the store holds of its interest, within the time that the setting allows"),
    ];

    /// <summary>By the moment at which they were found, one a check.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    public int Revisions => _truth.Count;

    /// <summary>Changes that watchers were told of.</summary>
    public long ToldCount { get; private set; }

    /// <summary>When the store committed something last.</summary>
    public long CommittedAtNs { get; private set; }

    /// <summary>When a watcher learned something last.</summary>
    public long LearnedAtNs { get; private set; }

    public int Restarts => _restarts.Sum();

    public override void Committed(long revision, int update)
    {
        if (revision <= _committed.Count)
        {
            if (revision < 1 || _committed[(int)revision - 1] != update)
            {
                Report(Kept, $"the store has update {update} as revision {revision}, which was another before");
            }

            return;
        }

        if (revision != _committed.Count + 1)
        {
            Report(Kept, $"the store commits revision {revision} after {_committed.Count}");
            return;
        }

        WatchUpdate write = _updates[update];
        if (!_revisionsOf.TryGetValue(write.Object, out List<long>? revisions))
        {
            _revisionsOf.Add(write.Object, revisions = []);
        }

        byte[]? before = revisions.Count == 0 ? _catalogue.FirstState(write.Object).ToArray() : _truth[(int)revisions[^1] - 1].State;
        _committed.Add(update);
        _truth.Add((write.Object, _catalogue.TopicOf(write.Object), After(write, before)));
        revisions.Add(revision);
        CommittedAtNs = _nowNs();
    }

    public override void Refused(string problem) => Report(Kept, $"the store: {problem}");

    public override void Restarted(int member)
    {
        _wasRestarted[member] = true;
        _restarts[member]++;
        _known[member] = long.MaxValue;
        _asked[member] = null;
        _answered[member] = default;
    }

    public override void Asked(int member, long revision, long lists, long pages)
    {
        (long, long, long) place = (revision, lists, pages);
        if (_asked[member] is { } before && _nowNs() - before.AtNs < _options.AskNs * 49 / 100 && place.CompareTo(before.Place) <= 0)
        {
            Report(Paced, $"member {member} asks at revision {revision} again after {(_nowNs() - before.AtNs) / 1e6:0.###} ms, and has learned nothing since");
        }

        _asked[member] = (_nowNs(), place);
    }

    public override void Answered(int member, int bytes)
    {
        // A bucket that leaks what a period allows (a clock may be fast by a thousandth), and holds what is left of one period and all of the next.
        long most = _options.AnswerBytes + _answerBytesMax;
        (double level, long atNs) = _answered[member];
        level = Math.Max(0, level - (1.01 * most * (_nowNs() - atNs) / _options.BookmarkNs!.Value)) + bytes;
        _answered[member] = (level, _nowNs());
        if (level > 2 * most)
        {
            Report(Bounded, $"member {member} answers with {level:0} bytes at once, where {most} are allowed in {_options.BookmarkNs / 1e6} ms");
        }
    }

    public override void Told(int member, long revision, int item, ReadOnlySpan<byte> state)
    {
        ToldCount++;
        LearnedAtNs = _nowNs();
        if (revision > _truth.Count || _truth[(int)revision - 1].Object != item)
        {
            Report(Durable, $"watcher {member} is told of object {item} at revision {revision}, {(revision > _truth.Count ? $"and the store has committed up to {_truth.Count}" : "which changed another")}");
            return;
        }

        if (revision <= _known[member])
        {
            Report(Order, $"watcher {member} is told of revision {revision} and knew all up to {_known[member]}");
            return;
        }

        LookForMissed(member, revision - 1);
        if (!state.SequenceEqual(_truth[(int)revision - 1].State))
        {
            Report(Values, $"watcher {member} was told of object {item} at revision {revision} and holds what it was not");
        }

        _known[member] = revision;
        _knownEver[member] = Math.Max(_knownEver[member], revision);
    }

    public override void Knows(int member, long upTo)
    {
        if (upTo > _truth.Count)
        {
            Report(Durable, $"watcher {member} is told that there is nothing for it up to revision {upTo}, and the store has committed up to {_truth.Count}");
            return;
        }

        LookForMissed(member, upTo);
        _known[member] = Math.Max(_known[member], upTo);
        _knownEver[member] = Math.Max(_knownEver[member], upTo);
    }

    public override void Listed(int member, long revision, ObjectStates states)
    {
        LearnedAtNs = _nowNs();
        if (revision > _truth.Count)
        {
            Report(Durable, $"member {member} has a list of revision {revision}, and the store has committed up to {_truth.Count}");
            return;
        }

        if (revision < _knownEver[member])
        {
            Report(Order, $"member {member} has a list of revision {revision}, and knew all up to {_knownEver[member]}");
        }

        if (FirstWrong(member, revision, states) is { } wrong)
        {
            Report(Snapshots, $"member {member} has a list of revision {revision} in which object {wrong} is what it was not");
        }

        if (_options.HistoryNs is null && !MayList(member))
        {
            Report(Reliable, $"member {member} has read a list, and neither it nor a relay above it ever lost its memory");
        }

        _known[member] = revision;
        _knownEver[member] = revision;
    }

    /// <summary>The run is over, and whoever was healed, with all above it, should have known everything by a moment.</summary>
    public void Finish(Func<int, ObjectStates> statesOf, IReadOnlyList<int> healed, long byNs)
    {
        if (_nowNs() < byNs)
        {
            return;
        }

        if (LearnedAtNs > byNs && healed.Count == _tree.Members)
        {
            Report(Converged, $"watchers learned what they should have known by {byNs / 1e9:0.000} s until {LearnedAtNs / 1e9:0.000} s");
        }

        for (int member = 1 + _tree.Relays; member < _tree.Members; member++)
        {
            if (IsHealed(member, healed) && FirstWrong(member, _truth.Count, statesOf(member)) is { } wrong)
            {
                Report(Converged, $"in the end watcher {member} holds something else of object {wrong} than the store, and knows all up to {(_known[member] == long.MaxValue ? "nothing" : _known[member])} of {_truth.Count}");
                return;
            }
        }
    }

    public void ReportStorm() => Report(Converged, "messages bred messages without end");

    private byte[]? After(in WatchUpdate write, byte[]? before)
    {
        if (write.Fields == 0)
        {
            return null;
        }

        int length = _catalogue.KindOf(write.Object).FieldBytes;
        byte[] after = before?.ToArray() ?? _catalogue.FirstState(write.Object).ToArray();
        int from = 0;
        for (int i = 0; i < after.Length; i++)
        {
            if ((write.Fields >> (i / length) & 1) != 0)
            {
                after[i] = write.Values[from++];
            }
        }

        return after;
    }

    private bool IsHealed(int member, IReadOnlyList<int> healed) => healed.Contains(member) && (member == 0 || IsHealed(_tree.Parents[member], healed));

    private bool MayList(int member)
    {
        for (; member != 0; member = _tree.Parents[member])
        {
            if (_wasRestarted[member])
            {
                return true;
            }
        }

        return false;
    }

    private void LookForMissed(int member, long upTo)
    {
        int[] interests = _tree.Interests[member]!;
        for (long revision = _known[member]; revision < upTo; revision++)
        {
            if (Array.BinarySearch(interests, _truth[(int)revision].Topic) >= 0)
            {
                Report(Missing, $"watcher {member} was never told of revision {revision + 1}, object {_truth[(int)revision].Object}, and goes on to {upTo}");
                return;
            }
        }
    }

    private int? FirstWrong(int member, long revision, ObjectStates states)
    {
        foreach (int topic in _tree.Interests[member] ?? _tree.TopicsOf(member))
        {
            for (int place = 0; place < _catalogue.ObjectsOf(topic); place++)
            {
                int item = _catalogue.ObjectOf(topic, place);
                if (!states.Of(item).SequenceEqual(At(item, revision)))
                {
                    return item;
                }
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> At(int item, long revision)
    {
        int last = _revisionsOf.TryGetValue(item, out List<long>? revisions) ? revisions.FindLastIndex(at => at <= revision) : -1;
        return last < 0 ? _catalogue.FirstState(item) : _truth[(int)revisions![last] - 1].State;
    }

    private void Report(string check, string what)
    {
        if (_violations.All(violation => violation.Check != check))
        {
            _violations.Add(new Violation(check, _nowNs(), what));
        }
    }
}
