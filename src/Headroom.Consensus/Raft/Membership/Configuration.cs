namespace Headroom.Consensus.Raft.Membership;

/// <summary>
/// Who decides and who only learns [ongaro2014, chapter 4]. While <see cref="Outgoing"/> is not empty the configuration is joint: decisions need a majority of
/// <see cref="Voters"/> and one of <see cref="Outgoing"/>.
/// </summary>
public sealed record Configuration
{
    public static Configuration None { get; } = new();

    /// <summary>The voters, or those of the configuration that is entered.</summary>
    public IdSet Voters { get; init; }

    /// <summary>The voters of the configuration that is left.</summary>
    public IdSet Outgoing { get; init; }

    /// <summary>Members that get entries and neither vote nor count.</summary>
    public IdSet Learners { get; init; }

    /// <summary>Voters of the outgoing configuration that become learners when it is left: until then they must count as voters.</summary>
    public IdSet LearnersNext { get; init; }

    /// <summary>The leader leaves the joint configuration by itself as soon as it is committed.</summary>
    public bool AutoLeave { get; init; }

    public bool IsJoint => !Outgoing.IsEmpty;

    public bool IsVoter(int id) => Voters.Contains(id) || Outgoing.Contains(id);

    public bool IsMember(int id) => IsVoter(id) || Learners.Contains(id) || LearnersNext.Contains(id);

    /// <summary>As <c>voters=(1 2 3)&amp;&amp;(1) learners=(4) learners_next=(1) autoleave</c>.</summary>
    public override string ToString() => $"voters=({Voters})" + (IsJoint ? $"&&({Outgoing})" : "") + (Learners.IsEmpty ? "" : $" learners=({Learners})")
        + (LearnersNext.IsEmpty ? "" : $" learners_next=({LearnersNext})") + (AutoLeave ? " autoleave" : "");
}
