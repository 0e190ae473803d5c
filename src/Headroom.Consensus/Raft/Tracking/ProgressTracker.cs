using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Quorums;

namespace Headroom.Consensus.Raft.Tracking;

/// <summary>The configuration, what is known of each of its members, and their ballots in an election. Members are few: they are looked for one by one.</summary>
internal sealed class ProgressTracker(int inflightMax)
{
    private Progress[] _members = [];
    private sbyte[] _ballots = [];

    public Configuration Configuration { get; private set; } = Configuration.None;

    /// <summary>Voters of both halves and learners, ascending.</summary>
    public ReadOnlySpan<Progress> Members => _members;

    /// <summary>Null for whom the configuration does not know.</summary>
    public Progress? this[int id]
    {
        get
        {
            int at = PlaceOf(id);
            return at < 0 ? null : _members[at];
        }
    }

    /// <summary>Members that stay keep what is known of them; new ones are presumed to have nothing and probed from the last index on.</summary>
    public void Switch(Configuration configuration, IdSet renewed, long lastIndex)
    {
        IdSet ids = configuration.Voters.Union(configuration.Outgoing).Union(configuration.Learners).Union(configuration.LearnersNext);
        var members = new Progress[ids.Count];
        sbyte[] ballots = new sbyte[ids.Count];
        for (int i = 0; i < members.Length; i++)
        {
            int id = ids.Span[i];
            int before = PlaceOf(id);
            if (before >= 0 && !renewed.Contains(id))
            {
                (members[i], ballots[i]) = (_members[before], _ballots[before]);
            }
            else
            {
                // Whoever is new counts as active at first: it has had no chance to answer yet.
                members[i] = new Progress(id, inflightMax) { Next = Math.Max(lastIndex, 1), IsRecentlyActive = true };
            }

            members[i].IsLearner = configuration.Learners.Contains(id);
        }

        (_members, _ballots, Configuration) = (members, ballots, configuration);
    }

    public void ResetBallots() => Array.Clear(_ballots);

    /// <summary>A member's first answer counts.</summary>
    public void RecordBallot(int id, bool granted)
    {
        int at = PlaceOf(id);
        if (at >= 0 && _ballots[at] == 0)
        {
            _ballots[at] = granted ? (sbyte)1 : (sbyte)-1;
        }
    }

    public VoteResult CountBallots() => Joint.Count(Configuration.Voters.Span, Configuration.Outgoing.Span, new Ballots(this));

    public long CommittedIndex() => Joint.CommittedIndex(Configuration.Voters.Span, Configuration.Outgoing.Span, new Matches(this));

    /// <summary>The latest heartbeat round that a quorum answered, the leader itself counting for all.</summary>
    public long AnsweredRound() => Joint.CommittedIndex(Configuration.Voters.Span, Configuration.Outgoing.Span, new Rounds(this));

    /// <summary>Whether a quorum was heard from since it was last asked.</summary>
    public bool IsQuorumActive() => Joint.Count(Configuration.Voters.Span, Configuration.Outgoing.Span, new Activity(this)) == VoteResult.Won;

    /// <summary>The highest index that a majority of all members has, learners among them: wrong, and known to the tests.</summary>
    public long CommittedIndexOfAll()
    {
        Span<int> ids = stackalloc int[_members.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = _members[i].Id;
        }

        return Majority.CommittedIndex(ids, new Matches(this));
    }

    /// <summary>By the incoming voters alone: wrong while the configuration is joint, and known to the tests.</summary>
    public long CommittedIndexOfIncoming() => Majority.CommittedIndex(Configuration.Voters.Span, new Matches(this));

    private int PlaceOf(int id)
    {
        // Members are mostly numbered without gaps.
        if ((uint)(id - 1) < (uint)_members.Length && _members[id - 1].Id == id)
        {
            return id - 1;
        }

        for (int i = 0; i < _members.Length; i++)
        {
            if (_members[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private readonly struct Ballots(ProgressTracker tracker) : IBallots
    {
        public bool TryGet(int voter, out bool granted)
        {
            int at = tracker.PlaceOf(voter);
            granted = at >= 0 && tracker._ballots[at] > 0;
            return at >= 0 && tracker._ballots[at] != 0;
        }
    }

    private readonly struct Matches(ProgressTracker tracker) : IAcknowledgements
    {
        public bool TryGet(int voter, out long index)
        {
            Progress? member = tracker[voter];
            index = member?.Match ?? 0;
            return member is not null;
        }
    }

    private readonly struct Rounds(ProgressTracker tracker) : IAcknowledgements
    {
        public bool TryGet(int voter, out long index)
        {
            Progress? member = tracker[voter];
            index = member?.AnsweredRound ?? 0;
            return member is not null;
        }
    }

    private readonly struct Activity(ProgressTracker tracker) : IBallots
    {
        public bool TryGet(int voter, out bool granted)
        {
            granted = tracker[voter] is { IsRecentlyActive: true };
            return true;
        }
    }
}
