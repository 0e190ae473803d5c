using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Watch;

/// <summary>The objects of all kinds numbered one after the other, so their topics; their first states, and the updates that a seed gives.</summary>
internal sealed class WatchCatalogue
{
    private readonly int[] _firstObject;
    private readonly int[] _firstTopic;
    private readonly WatchOptions _options;
    private readonly byte[][] _firstState;

    public WatchCatalogue(WatchOptions options)
    {
        _options = options;
        _firstObject = new int[options.Kinds.Count + 1];
        _firstTopic = new int[options.Kinds.Count + 1];
        _firstState = new byte[options.Kinds.Count][];
        for (int k = 0; k < options.Kinds.Count; k++)
        {
            WatchKind kind = options.Kinds[k];
            _firstObject[k + 1] = checked(_firstObject[k] + kind.Objects);
            _firstTopic[k + 1] = checked(_firstTopic[k] + kind.Topics);
            _firstState[k] = new byte[kind.StateBytes];
            for (int i = 0; i < kind.StateBytes; i++)
            {
                int at = i % kind.FieldBytes;
                _firstState[k][i] = at < kind.FieldBytes - (2 * kind.RandomBytes) ? (byte)('a' + (((i / kind.FieldBytes) + at) % 26)) : (byte)'0';
            }
        }
    }

    public int Objects => _firstObject[^1];

    public int Topics => _firstTopic[^1];

    public WatchKind KindOf(int item) => _options.Kinds[KindNumber(item)];

    public ReadOnlySpan<byte> FirstState(int item) => _firstState[KindNumber(item)];

    public int TopicOf(int item)
    {
        int kind = KindNumber(item);
        return _firstTopic[kind] + ((item - _firstObject[kind]) % _options.Kinds[kind].Topics);
    }

    /// <summary>Objects of a topic.</summary>
    public int ObjectsOf(int topic)
    {
        WatchKind kind = _options.Kinds[KindOfTopic(topic)];
        return kind.Objects / kind.Topics;
    }

    /// <summary>A topic's object by its place there.</summary>
    public int ObjectOf(int topic, int place)
    {
        int kind = KindOfTopic(topic);
        return _firstObject[kind] + (topic - _firstTopic[kind]) + (place * _options.Kinds[kind].Topics);
    }

    /// <summary>Topics that a watcher watches, ascending.</summary>
    public int[] TopicsOf(int watcher)
    {
        var topics = new List<int>();
        for (int k = 0; k < _options.Kinds.Count; k++)
        {
            WatchKind kind = _options.Kinds[k];
            for (int topic = 0; topic < kind.Topics; topic++)
            {
                long first = (long)topic * kind.WatchersEach % _options.Nodes;
                long after = (watcher - _options.Controllers - first + _options.Nodes) % _options.Nodes;
                if (watcher < _options.Controllers || after < kind.WatchersEach)
                {
                    topics.Add(_firstTopic[k] + topic);
                }
            }
        }

        return [.. topics];
    }

    /// <summary>All updates in order of time.</summary>
    public WatchUpdate[] Draw(Seed seed)
    {
        var updates = new List<WatchUpdate>();
        for (int k = 0; k < _options.Kinds.Count; k++)
        {
            WatchKind kind = _options.Kinds[k];
            RandomStream random = seed.Named(kind.Name).At(k).Stream();
            for (int i = 0; i < kind.AtOnce; i++)
            {
                updates.Add(Draw(k, 0, ref random));
            }

            double time = 0;
            while (kind.RateHz > 0 && (time += random.Exponential(1e9 / kind.RateHz)) < _options.DurationNs)
            {
                updates.Add(Draw(k, (long)time, ref random));
            }
        }

        return [.. updates.OrderBy(update => update.TimeNs)];
    }

    private int KindNumber(int item)
    {
        int kind = 0;
        while (item >= _firstObject[kind + 1])
        {
            kind++;
        }

        return kind;
    }

    private int KindOfTopic(int topic)
    {
        int kind = 0;
        while (topic >= _firstTopic[kind + 1])
        {
            kind++;
        }

        return kind;
    }

    private WatchUpdate Draw(int number, long timeNs, ref RandomStream random)
    {
        WatchKind kind = _options.Kinds[number];
        int item = _firstObject[number] + random.Below(kind.Objects);
        if (kind.Deletions > 0 && random.Bernoulli(kind.Deletions))
        {
            return new WatchUpdate(timeNs, item, 0, []);
        }

        long fields = 0;
        for (int drawn = 0; drawn < kind.Changed;)
        {
            long bit = 1L << random.Below(kind.Fields);
            drawn += (fields & bit) == 0 ? 1 : 0;
            fields |= bit;
        }

        var values = new byte[kind.Changed * kind.FieldBytes];
        int at = 0;
        for (int field = 0; field < kind.Fields; field++)
        {
            if ((fields >> field & 1) == 0)
            {
                continue;
            }

            Span<byte> value = values.AsSpan(at, kind.FieldBytes);
            _firstState[number].AsSpan(field * kind.FieldBytes, kind.FieldBytes).CopyTo(value);
            for (int digit = kind.FieldBytes - (2 * kind.RandomBytes); digit < kind.FieldBytes; digit++)
            {
                value[digit] = (byte)"0123456789abcdef"[random.Below(16)];
            }

            at += kind.FieldBytes;
        }

        return new WatchUpdate(timeNs, item, fields, values);
    }
}
