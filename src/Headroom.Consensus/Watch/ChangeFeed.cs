using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>
/// What the store or a relay tells those below it. A message is a byte 1, the revision that its receivers were told up to before, how many revisions it goes beyond that, then of each
/// change how much its revision is above the last one's, and the change. A byte 2 and a revision ask for all that came after. All changes are kept.
/// </summary>
internal sealed class ChangeFeed
{
    public const byte Changes = 1;
    public const byte Resume = 2;
    private const int MessageBytesMax = 12_000;

    private readonly int _self;
    private readonly WatchOptions _options;
    private readonly WatchTree _tree;
    private readonly WatchMeter _meter;
    private readonly int[][] _groups;
    private readonly long[] _toldUpTo;
    private readonly List<int>[] _pending;
    private readonly List<int>?[] _groupsOfTopic;
    private readonly List<int> _touched = [];
    private readonly List<(long Revision, int Topic, byte[] Bytes)> _changes = [];
    private readonly byte[] _room = new byte[2 * MessageBytesMax];
    private int _announced;

    public ChangeFeed(int self, WatchOptions options, WatchTree tree, int topics, WatchMeter meter)
    {
        (_self, _options, _tree, _meter) = (self, options, tree, meter);
        _groups = tree.GroupsOf(self);
        _toldUpTo = new long[_groups.Length];
        _pending = [.. _groups.Select(_ => new List<int>())];
        _groupsOfTopic = new List<int>?[topics];
        for (int group = 0; group < _groups.Length; group++)
        {
            foreach (int topic in tree.TopicsOf(_groups[group][0]))
            {
                (_groupsOfTopic[topic] ??= []).Add(group);
            }
        }
    }

    public int GroupCount => _groups.Length;

    public void Add(long revision, int topic, byte[] change) => _changes.Add((revision, topic, change));

    /// <summary>Tells every group of the changes added since the last time that are of its interest.</summary>
    public void Announce(ref Turn turn)
    {
        for (; _announced < _changes.Count; _announced++)
        {
            List<int> groups = _groupsOfTopic[_changes[_announced].Topic] ?? [];
            for (int i = 0; i < groups.Count - (_options.Mutant == WatchMutant.ForgetGroup ? 1 : 0); i++)
            {
                if (_pending[groups[i]].Count == 0)
                {
                    _touched.Add(groups[i]);
                }

                _pending[groups[i]].Add(_announced);
            }
        }

        foreach (int group in _touched)
        {
            Tell(ref turn, _groups[group], _pending[group], _toldUpTo[group], _changes[_pending[group][^1]].Revision);
            _toldUpTo[group] = _changes[_pending[group][^1]].Revision;
            _pending[group].Clear();
        }

        _touched.Clear();
    }

    /// <summary>Answers who was told up to a revision with all that is of its interest and no later than this member's own revision.</summary>
    public void OnResume(ref Turn turn, int peer, long revision, long own)
    {
        if (revision >= own || _tree.Parents[peer] != _self)
        {
            return;
        }

        int first = 0;
        for (int end = _changes.Count; first < end;)
        {
            int middle = first + ((end - first) / 2);
            (first, end) = _changes[middle].Revision > revision ? (first, middle) : (middle + 1, end);
        }

        int[] topics = _tree.TopicsOf(peer);
        var missed = new List<int>();
        for (int i = first; i < _changes.Count && _changes[i].Revision <= own; i++)
        {
            if (Array.BinarySearch(topics, _changes[i].Topic) >= 0)
            {
                missed.Add(i);
            }
        }

        if (_options.Mutant == WatchMutant.ResumeLate && missed.Count > 0)
        {
            missed.RemoveAt(0);
        }

        Tell(ref turn, [peer], missed, revision, own);
    }

    /// <summary>In as many messages as it takes, each up to the revision of its last change, the last one up to the given one.</summary>
    private void Tell(ref Turn turn, int[] members, List<int> which, long from, long upTo)
    {
        int at = 0;
        do
        {
            int end = at;
            for (int bytes = 0; end < which.Count && (end == at || bytes + _changes[which[end]].Bytes.Length + Varint.LengthMax <= MessageBytesMax); end++)
            {
                bytes += _changes[which[end]].Bytes.Length + Varint.LengthMax;
            }

            long to = end == which.Count ? upTo : _changes[which[end - 1]].Revision;
            var writer = new VarintWriter(_room);
            writer.Byte(Changes);
            writer.Number(from);
            writer.Number(to - from);
            long last = from;
            for (; at < end; at++)
            {
                writer.Number(_changes[which[at]].Revision - last);
                writer.Bytes(_changes[which[at]].Bytes);
                last = _changes[which[at]].Revision;
            }

            int message = turn.Compose(_room.AsSpan(0, writer.Length));
            _meter.Encodings++;
            foreach (int member in members)
            {
                _meter.Sent(_self, writer.Length);
                turn.Send(member, message);
            }

            from = to;
        }
        while (at < which.Count);
    }
}
