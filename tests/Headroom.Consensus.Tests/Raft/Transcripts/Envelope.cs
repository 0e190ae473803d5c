using System.Text;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>A message in a transcript, or work for a member's disk or application and the answer to it; and how etcd writes it.</summary>
internal sealed record Envelope(string Type, string From, string To)
{
    public RaftMessage Message { get; init; }

    public HardState? State { get; init; }

    public RaftEntry[] Entries { get; init; } = [];

    public RaftSnapshot? Snapshot { get; init; }

    public IReadOnlyList<Envelope> Responses { get; init; } = [];

    /// <summary>The member that is to get it; 0 for a disk or an application.</summary>
    public int Target => int.TryParse(To, out int id) ? id : 0;

    public bool IsToSelf => From == To || From.EndsWith("Thread", StringComparison.Ordinal);

    public static Envelope Of(in RaftMessage message) => new(TypeOf(message.Kind), message.Kind == MessageKind.Written ? "AppendThread" : message.From.ToString(), message.To.ToString())
    {
        Message = message,
        Entries = message.Entries.Span.ToArray(),
        // What was written is not repeated in words.
        Snapshot = message.Snapshot,
    };

    public override string ToString() => Describe("");

    public static string Describe(in RaftEntry entry) => entry.Kind == EntryKind.Membership
        ? $"{entry.Term}/{entry.Index} EntryConfChange{Describe(MembershipProposal.Decode(entry.Data.Span)!)}"
        : $"{entry.Term}/{entry.Index} EntryNormal {Quote(Encoding.UTF8.GetString(entry.Data.Span))}";

    public static string Describe(RaftSnapshot snapshot) => $"Index:{snapshot.Index} Term:{snapshot.Term} ConfState:Voters:[{snapshot.Configuration.Voters}] "
        + $"VotersOutgoing:[{snapshot.Configuration.Outgoing}] Learners:[{snapshot.Configuration.Learners}] LearnersNext:[{snapshot.Configuration.LearnersNext}] "
        + $"AutoLeave:{(snapshot.Configuration.AutoLeave ? "true" : "false")}";

    private static string Describe(MembershipProposal proposal) => string.Concat(proposal.Changes.Select(change => " " + change.Kind switch
    {
        ChangeKind.AddVoter => 'v',
        ChangeKind.AddLearner => 'l',
        ChangeKind.Remove => 'r',
        _ => 'u',
    } + change.Id));

    private static string Quote(string text) => "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private string Describe(string indent)
    {
        RaftMessage m = Message;
        (long term, long commit, int vote) = Type == "MsgStorageAppend" ? (State?.Term ?? 0, State?.Commit ?? 0, State?.Vote ?? 0) : (m.Term, m.Commit, 0);
        var text = new StringBuilder($"{indent}{From}->{To} {Type} Term:{term} Log:{m.LogTerm}/{m.Index}");
        text.Append(m.IsRejected ? $" Rejected (Hint: {m.Hint})" : "").Append(commit > 0 ? $" Commit:{commit}" : "").Append(vote > 0 ? $" Vote:{vote}" : "");
        if (Entries.Length == 1)
        {
            text.Append($" Entries:[{Describe(Entries[0])}]");
        }
        else if (Entries.Length > 1)
        {
            text.Append(" Entries:[").Append(string.Concat(Entries.Select(entry => $"\n{indent}  {Describe(entry)}"))).Append($"\n{indent}]");
        }

        if (Snapshot is not null)
        {
            text.Append($"\n{indent}  Snapshot: {Describe(Snapshot)}");
        }

        if (Responses.Count > 0)
        {
            text.Append(" Responses:[").Append(string.Concat(Responses.Select(response => "\n" + response.Describe(indent + "  ")))).Append($"\n{indent}]");
        }

        return text.ToString();
    }

    private static string TypeOf(MessageKind kind) => kind switch
    {
        MessageKind.PreVote => "MsgPreVote",
        MessageKind.PreVoteAnswer => "MsgPreVoteResp",
        MessageKind.Vote => "MsgVote",
        MessageKind.VoteAnswer => "MsgVoteResp",
        MessageKind.Append => "MsgApp",
        MessageKind.AppendAnswer => "MsgAppResp",
        MessageKind.Heartbeat => "MsgHeartbeat",
        MessageKind.HeartbeatAnswer => "MsgHeartbeatResp",
        MessageKind.Snapshot => "MsgSnap",
        MessageKind.TimeoutNow => "MsgTimeoutNow",
        MessageKind.Written => "MsgStorageAppendResp",
        _ => kind.ToString(),
    };
}
