using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>
/// What the store or a relay tells those below it: changes as they come, each group those of its interest, and where there was nothing for a group a bookmark, so that it knows up to where it was told. Who finds
/// that it missed something asks (<see cref="WatchVerb"/>).
/// </summary>
internal sealed partial class ChangeFeed
{
    private readonly int _self;
    private readonly WatchOptions _options;
    private readonly WatchTree _tree;
    private readonly WatchCatalogue _catalogue;
    private readonly WatchMeter _meter;
    private readonly int[][] _groups;
    private readonly long[] _toldUpTo;
    private readonly bool[] _wasTold;
    private readonly List<int>[] _pending;
    private readonly List<int>?[] _groupsOfTopic;
    private readonly List<int> _touched = [];
    private readonly ChangeHistory _history = new();
    private readonly byte[] _room;
    private int _announced;
    private long _forgetNext;

    public ChangeFeed(int self, WatchOptions options, WatchTree tree, WatchCatalogue catalogue, WatchMeter meter)
    {
        (_self, _options, _tree, _catalogue, _meter) = (self, options, tree, catalogue, meter);
        States = new ObjectStates(catalogue, keepsVersions: options.BookmarkNs is not null);
        _codec = new ChangeCodec(catalogue);
        _room = new byte[options.MessageBytesMax + WatchOptions.ObjectBytesMax];
        _groups = tree.GroupsOf(self);
        _toldUpTo = new long[_groups.Length];
        _wasTold = new bool[_groups.Length];
        _pending = [.. _groups.Select(_ => new List<int>())];
        _groupsOfTopic = new List<int>?[catalogue.Topics];
        _budget = options.AnswerBytes;
        for (int group = 0; group < _groups.Length; group++)
        {
            foreach (int topic in tree.TopicsOf(_groups[group][0]))
            {
                (_groupsOfTopic[topic] ??= []).Add(group);
            }
        }
    }

    public int GroupCount => _groups.Length;

    /// <summary>Of all objects that it tells of, where anybody could ask for them; the store's in any case.</summary>
    public ObjectStates States { get; }

    /// <summary>Up to which it knows all that it is to tell.</summary>
    public long Revision { get; set; }

    /// <summary>False for a relay that lost its memory and has not listed yet.</summary>
    public bool IsReady { get; set; } = true;

    public void Add(long revision, int item, byte[] change) => _history.Add(new WatchChange(revision, _catalogue.TopicOf(item), item, change));

    /// <summary>Tells every group of the changes added since the last time that are of its interest.</summary>
    public void Announce(ref Turn turn)
    {
        for (; _announced < _history.Count; _announced++)
        {
            List<int> groups = _groupsOfTopic[_history[_announced].Topic] ?? [];
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
            long upTo = _history[_pending[group][^1]].Revision;
            for (int at = 0; at < _pending[group].Count;)
            {
                int length = Encode(_pending[group], ref at, _toldUpTo[group], upTo, out long told);
                int message = turn.Compose(_room.AsSpan(0, length));
                _meter.Encodings++;
                foreach (int member in _groups[group])
                {
                    _meter.Sent(_self, length);
                    turn.Send(member, message);
                }

                _toldUpTo[group] = told;
            }

            _wasTold[group] = true;
            _pending[group].Clear();
        }

        _touched.Clear();
    }

    /// <summary>
    /// Tells every group that was not told of anything since the last time, or all of them, that there was nothing for it since its last change. The next message goes on from that change too: who
    /// missed a bookmark has missed nothing.
    /// </summary>
    public void Bookmark(ref Turn turn, bool all = false)
    {
        for (int group = 0; group < _groups.Length; group++)
        {
            bool isTold = _wasTold[group] && !all;
            _wasTold[group] = false;
            if (isTold || !IsReady || _options.Mutant == WatchMutant.NoBookmark)
            {
                continue;
            }

            var writer = new VarintWriter(_room);
            writer.Byte((byte)WatchVerb.Changes);
            writer.Number(_toldUpTo[group]);
            writer.Number(Revision - _toldUpTo[group]);
            int message = turn.Compose(_room.AsSpan(0, writer.Length));
            foreach (int member in _groups[group])
            {
                _meter.Bookmarks++;
                _meter.BookmarkBytes += writer.Length;
                _meter.SentRepair(_self);
                turn.Send(member, message);
            }
        }
    }

    /// <summary>Forgets what was known the last time that it was called, so that a change is known for one to two such times.</summary>
    public void Forget()
    {
        _announced -= _history.Forget(_forgetNext, States);
        _forgetNext = Revision;
    }

    /// <summary>Goes on after a crash from what was found: nobody is told again what was told, and everybody from where it is.</summary>
    public void Recovered(ref Turn turn)
    {
        _announced = _history.Count;
        Array.Fill(_toldUpTo, Revision);
        Bookmark(ref turn, all: true);
    }

    /// <summary>Begins anew from a list: nothing before its revision is known any more, and who knows less must list too.</summary>
    public void Restart(ref Turn turn, long revision)
    {
        _history.Restart(revision);
        _announced = 0;
        (Revision, _forgetNext, IsReady) = (revision, revision, true);
        if (_options.Mutant != WatchMutant.SilentRelist)
        {
            Array.Fill(_toldUpTo, revision);
        }

        Bookmark(ref turn, all: true);
    }

    /// <summary>A message of as many of these changes as it takes, from a place on, up to the last one's revision, or up to the given one with the last of them; its length.</summary>
    private int Encode(List<int> which, ref int at, long from, long upTo, out long told)
    {
        int end = at;
        for (int bytes = 0; end < which.Count && (end == at || bytes + _history[which[end]].Bytes.Length + Varint.LengthMax <= _options.MessageBytesMax); end++)
        {
            bytes += _history[which[end]].Bytes.Length + Varint.LengthMax;
        }

        told = end == which.Count ? upTo : _history[which[end - 1]].Revision;
        var writer = new VarintWriter(_room);
        writer.Byte((byte)WatchVerb.Changes);
        writer.Number(from);
        writer.Number(told - from);
        long last = from;
        for (; at < end; at++)
        {
            writer.Number(_history[which[at]].Revision - last);
            writer.Bytes(_history[which[at]].Bytes);
            last = _history[which[at]].Revision;
        }

        return writer.Length;
    }
}
