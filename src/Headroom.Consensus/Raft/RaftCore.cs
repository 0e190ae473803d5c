using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Tracking;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Raft;

/// <summary>
/// One member of a Raft group [ongaro2014] as a deterministic state machine: messages, ticks and wishes in; messages, entries to make durable and entries to apply out
/// (<see cref="TakeReady"/>). It behaves as etcd's implementation does and is held against its transcripts. Numbers of members begin at 1; 0 is nobody. In a steady state
/// nothing is allocated.
/// </summary>
/// <remarks>Its parts: elections, replication (leader), following (follower), membership, reads, ready.</remarks>
public sealed partial class RaftCore
{
    private readonly RaftOptions _options;
    private readonly RaftLog _log;
    private readonly ProgressTracker _tracker;
    private RandomStream _random;
    private int _electionElapsed;
    private int _heartbeatElapsed;
    private int _electionTimeout;
    private int _transferTo;

    /// <summary>A change of members may be under way up to this index.</summary>
    private long _pendingChangeIndex;

    /// <param name="options">Valid ones.</param>
    /// <param name="id">This member's number, from 1.</param>
    /// <param name="seed">Of the election timeouts.</param>
    /// <param name="restored">What was durable: the state, the snapshot that the log begins with, and the log's entries; null for a fresh member of no group.</param>
    public RaftCore(RaftOptions options, int id, Seed seed, Restored? restored = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        options.Validate();
        _options = options;
        Id = id;
        _random = seed.Stream();
        _tracker = new ProgressTracker(options.InflightMax);
        RaftSnapshot? snapshot = restored?.Snapshot;
        _log = new RaftLog(snapshot?.Index ?? 0, snapshot?.Term ?? 0);
        if (restored is not null)
        {
            foreach (RaftEntry entry in restored.Entries)
            {
                _log.Append(entry.Term, entry.Kind, entry.Data.Span);
            }

            _log.MakeDurable(_log.LastIndex, _log.LastTerm);
            (Term, Vote) = (restored.State.Term, restored.State.Vote);
            _log.CommitTo(Math.Min(restored.State.Commit, _log.LastIndex));
            _tracker.Switch(snapshot?.Configuration ?? Configuration.None, IdSet.Empty, _log.LastIndex);
            // The promise that a lease rests on may have been given just before the crash.
            _silentTicks = restored.AfterCrash && options.Reads == ReadMode.Lease ? options.ElectionTicks : 0;
        }

        BecomeFollower(Term, 0);
        (_handedState, _handedLead, _handedRole) = (State, Lead, Role);
    }

    public int Id { get; }

    public long Term { get; private set; }

    public int Vote { get; private set; }

    /// <summary>The leader as far as is known; 0 for none.</summary>
    public int Lead { get; private set; }

    public Role Role { get; private set; }

    public HardState State => new(Term, Vote, _log.Committed);

    public Configuration Configuration => _tracker.Configuration;

    public long Committed => _log.Committed;

    public long Applied => _log.Applied;

    public long FirstIndex => _log.FirstIndex;

    public long LastIndex => _log.LastIndex;

    public long LastTerm => _log.LastTerm;

    /// <summary>The host's clock at this step, in nanoseconds: what leases are measured by.</summary>
    public long NowNs { get; set; }

    /// <summary>How long a tick lasts on that clock.</summary>
    public long TickNs { get; init; }

    /// <summary>Of this member, standing for election makes sense.</summary>
    public bool IsPromotable => _tracker[Id] is { IsLearner: false } && _log.PendingSnapshot is null;

    /// <summary>The term of an entry of the log, or of the last before it; false for others.</summary>
    public bool TryTerm(long index, out long term) => _log.TryTerm(index, out term);

    /// <summary>An entry of the log.</summary>
    public ref readonly RaftEntry Entry(long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, _log.FirstIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, _log.LastIndex);
        return ref _log.Entry(index);
    }

    /// <summary>All entries behind this index, good until the log changes.</summary>
    internal EntrySlice EntriesAfter(long index) => _log.Slice(index + 1, _log.LastIndex);

    /// <summary>How a leader feeds this member; null for no member.</summary>
    internal ProgressState? StateOf(int id) => _tracker[id]?.State;

    /// <summary>What a leader knows of each member, in words.</summary>
    internal IEnumerable<(int Id, string Progress)> Followers => _tracker.Members.ToArray().Select(member => (member.Id, member.ToString()));

    /// <summary>The timeout that counts now; the transcripts set it.</summary>
    internal int ElectionTimeout
    {
        get => _electionTimeout;
        set => _electionTimeout = value;
    }

    public void Tick()
    {
        if (_silentTicks > 0)
        {
            _silentTicks--;
        }

        _electionElapsed++;
        if (Role == Role.Leader)
        {
            TickLeader();
        }
        else if (IsPromotable && _electionElapsed >= _electionTimeout)
        {
            _electionElapsed = 0;
            Campaign();
        }
    }

    private void TickLeader()
    {
        _heartbeatElapsed++;
        if (_electionElapsed >= _options.ElectionTicks)
        {
            _electionElapsed = 0;
            if (_options.CheckQuorum && !HasActiveQuorum())
            {
                BecomeFollower(Term, 0);
                return;
            }

            // Whoever was to take over had its time.
            _transferTo = 0;
        }

        GiveUpLateSnapshots();
        if (_heartbeatElapsed >= _options.HeartbeatTicks)
        {
            _heartbeatElapsed = 0;
            BroadcastHeartbeat();
        }
    }

    /// <summary>Nothing else would ever end the wait for a snapshot that was lost on its way.</summary>
    private void GiveUpLateSnapshots()
    {
        foreach (Progress member in _tracker.Members)
        {
            if (_options.SnapshotTicksMax > 0 && member.State == ProgressState.Snapshot && ++member.SnapshotTicks >= _options.SnapshotTicksMax)
            {
                ReportSnapshot(member.Id, arrived: false);
            }
        }
    }

    private bool HasActiveQuorum()
    {
        if (_tracker[Id] is { } self)
        {
            self.IsRecentlyActive = true;
        }

        bool isActive = _tracker.IsQuorumActive();
        foreach (Progress member in _tracker.Members)
        {
            member.IsRecentlyActive = member.Id == Id;
        }

        return isActive;
    }

    private void BecomeFollower(long term, int lead)
    {
        Reset(term);
        (Role, Lead) = (Role.Follower, lead);
    }

    /// <summary>What belongs to a term, a candidacy or a leadership is forgotten.</summary>
    private void Reset(long term)
    {
        if (Term != term)
        {
            Term = term;
            Vote = _options.Mutant == RaftMutant.SkipTerm ? Vote : 0;
        }

        Lead = 0;
        _electionElapsed = 0;
        _heartbeatElapsed = 0;
        _electionTimeout = _options.ElectionTicks + _random.Below(_options.ElectionSpreadTicks > 0 ? _options.ElectionSpreadTicks : _options.ElectionTicks);
        _transferTo = 0;
        _pendingChangeIndex = 0;
        ResetReads();
        _tracker.ResetBallots();
        foreach (Progress member in _tracker.Members)
        {
            member.Reset(member.Id == Id ? _log.LastIndex : 0, _log.LastIndex + 1);
        }
    }

    private void Send(in RaftMessage message)
    {
        // Answers that promise something wait until it is durable.
        bool isVote = message.Kind is MessageKind.PreVote or MessageKind.PreVoteAnswer or MessageKind.Vote or MessageKind.VoteAnswer;
        bool waits = message.Kind is MessageKind.AppendAnswer or MessageKind.VoteAnswer or MessageKind.PreVoteAnswer;
        ref RaftMessage sent = ref (waits ? _answers : _messages).Add();
        sent = message;
        sent.From = Id;
        sent.Term = isVote ? message.Term : Term;
    }

    /// <summary>Appends and their answers, which most messages are, are filled in where they lie.</summary>
    private ref RaftMessage Begin(MessageBuffer messages, MessageKind kind, int to)
    {
        ref RaftMessage message = ref messages.Add();
        (message.Kind, message.From, message.To, message.Term) = (kind, Id, to, Term);
        return ref message;
    }

    /// <summary>Says to a leader, or to ourselves as one, that the log holds everything up to this index.</summary>
    private void Accept(int to, long index) => Begin(_answers, MessageKind.AppendAnswer, to).Index = index;
}
