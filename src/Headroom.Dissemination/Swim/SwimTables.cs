using Headroom.Dissemination.Detection;

namespace Headroom.Dissemination.Swim;

/// <summary>What the members of one run keep: what each holds every other for (4 n bytes a member), the suspects whose time runs, and the news under way.</summary>
public sealed class SwimTables
{
    private readonly int[] _keys;
    private readonly List<(int Subject, int Key, long AtPeriod)>?[] _suspects;
    private readonly Held[] _news;
    private readonly int[] _newsCounts;

    public SwimTables(SwimOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _keys = new int[options.Members * options.Members];
        _suspects = new List<(int Subject, int Key, long AtPeriod)>?[options.Members];
        _news = new Held[options.Members * options.NewsHeld];
        _newsCounts = new int[options.Members];
    }

    public SwimOptions Options { get; }

    /// <summary>What a member holds another for; at first alive in incarnation 0.</summary>
    public SwimNews this[int member, int subject] => new(subject, _keys[(member * Options.Members) + subject]);

    /// <summary>Takes in what is newer than what the member holds; false when it is not.</summary>
    internal bool Learn(int member, SwimNews news, long period)
    {
        ref int key = ref _keys[(member * Options.Members) + news.Subject];
        if (news.Key <= key)
        {
            return false;
        }

        key = news.Key;
        Spread(member, news);
        if (news.Status == MemberStatus.Suspect)
        {
            (_suspects[member] ??= []).Add((news.Subject, news.Key, period + Options.SuspicionPeriods));
        }

        return true;
    }

    /// <summary>The next suspect whose time is up and of whom nothing newer was heard.</summary>
    internal bool TryExpire(int member, long period, out SwimNews suspect)
    {
        List<(int Subject, int Key, long AtPeriod)>? suspects = _suspects[member];
        suspect = default;
        for (int i = (suspects?.Count ?? 0) - 1; i >= 0; i--)
        {
            (int subject, int key, long atPeriod) = suspects![i];
            bool isOver = this[member, subject].Key != key;
            if (isOver || atPeriod <= period)
            {
                suspects.RemoveAt(i);
                if (!isOver)
                {
                    suspect = new SwimNews(subject, key);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The news that were passed on least often; each counts as passed on once more.</summary>
    internal int Take(int member, Span<SwimNews> into)
    {
        Span<Held> held = _news.AsSpan(member * Options.NewsHeld, _newsCounts[member]);
        int count = Math.Min(held.Length, into.Length);
        for (int i = 0; i < count; i++)
        {
            int least = i;
            for (int j = i + 1; j < held.Length; j++)
            {
                least = held[j].Sent < held[least].Sent ? j : least;
            }

            (held[i], held[least]) = (held[least], held[i]);
            into[i] = held[i].News;
            held[i].Sent++;
        }

        int kept = 0;
        foreach (Held one in held)
        {
            if (one.Sent < Options.Repeats)
            {
                held[kept++] = one;
            }
        }

        _newsCounts[member] = kept;
        return count;
    }

    /// <summary>The member lost its memory.</summary>
    internal void Clear(int member)
    {
        _keys.AsSpan(member * Options.Members, Options.Members).Clear();
        _suspects[member]?.Clear();
        _newsCounts[member] = 0;
    }

    internal void Spread(int member, SwimNews news)
    {
        Span<Held> all = _news.AsSpan(member * Options.NewsHeld, Options.NewsHeld);
        ref int count = ref _newsCounts[member];
        int at = 0;
        int most = 0;
        while (at < count && all[at].News.Subject != news.Subject)
        {
            most = all[at].Sent > all[most].Sent ? at : most;
            at++;
        }

        if (at == all.Length)
        {
            at = most;
        }
        else if (at == count)
        {
            count++;
        }

        all[at] = new Held { News = news };
    }

    private struct Held
    {
        public SwimNews News;
        public int Sent;
    }
}
