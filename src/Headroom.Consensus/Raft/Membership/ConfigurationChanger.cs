using System.Diagnostics;

namespace Headroom.Consensus.Raft.Membership;

/// <summary>
/// The steps from one configuration to the next [ongaro2014, chapter 4]: simple (at most one voter more or less, so that majorities before and after overlap), into a
/// joint configuration, and out of it.
/// </summary>
public static class ConfigurationChanger
{
    /// <summary>What an entry of the log asks for.</summary>
    public static ConfigurationChange Apply(Configuration now, MembershipProposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return proposal.IsLeave ? Leave(now) : proposal.IsJoint ? EnterJoint(now, proposal.Changes.AsSpan(), proposal.AutoLeave) : Simple(now, proposal.Changes.AsSpan());
    }

    public static ConfigurationChange Simple(Configuration now, ReadOnlySpan<MemberChange> changes)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (now.IsJoint)
        {
            return ConfigurationChange.Refused("can't apply simple config change in joint config");
        }

        ConfigurationChange change = Make(now, changes);
        if (change.Next is not { } next)
        {
            return change;
        }

        int differences = next.Voters.Union(now.Voters).Count * 2 - next.Voters.Count - now.Voters.Count;
        return differences > 1 ? ConfigurationChange.Refused("more than one voter changed without entering joint config") : change;
    }

    public static ConfigurationChange EnterJoint(Configuration now, ReadOnlySpan<MemberChange> changes, bool autoLeave)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (now.IsJoint)
        {
            return ConfigurationChange.Refused("config is already joint");
        }

        // Nobody could then decide on leaving.
        return now.Voters.IsEmpty
            ? ConfigurationChange.Refused("can't make a zero-voter config joint")
            : Make(now with { Outgoing = now.Voters, AutoLeave = autoLeave }, changes);
    }

    public static ConfigurationChange Leave(Configuration now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return !now.IsJoint
            ? ConfigurationChange.Refused("can't leave a non-joint config")
            : ConfigurationChange.Of(now with { Outgoing = IdSet.Empty, Learners = now.Learners.Union(now.LearnersNext), LearnersNext = IdSet.Empty, AutoLeave = false });
    }

    private static ConfigurationChange Make(Configuration next, ReadOnlySpan<MemberChange> changes)
    {
        IdSet renewed = IdSet.Empty;
        foreach (MemberChange change in changes)
        {
            if (change.Id == 0)
            {
                continue;
            }

            Configuration before = next;
            next = change.Kind switch
            {
                ChangeKind.AddVoter => AddVoter(next, change.Id),
                ChangeKind.AddLearner => AddLearner(next, change.Id),
                ChangeKind.Remove => Remove(next, change.Id),
                _ => next,
            };
            if (before.IsMember(change.Id) && !next.IsMember(change.Id))
            {
                renewed = renewed.With(change.Id);
            }
        }

        if (next.Voters.IsEmpty)
        {
            return ConfigurationChange.Refused("removed all voters");
        }

        AssertSound(next);
        return ConfigurationChange.Of(next, renewed);
    }

    private static Configuration AddVoter(Configuration now, int id) => now with
    {
        Voters = now.Voters.With(id),
        Learners = now.Learners.Without(id),
        LearnersNext = now.LearnersNext.Without(id),
    };

    private static Configuration AddLearner(Configuration now, int id)
    {
        if (now.Learners.Contains(id))
        {
            return now;
        }

        Configuration without = Remove(now, id);
        return now.Outgoing.Contains(id)
            ? without with { LearnersNext = without.LearnersNext.With(id) }
            : without with { Learners = without.Learners.With(id) };
    }

    private static Configuration Remove(Configuration now, int id) => now with
    {
        Voters = now.Voters.Without(id),
        Learners = now.Learners.Without(id),
        LearnersNext = now.LearnersNext.Without(id),
    };

    [Conditional("DEBUG")]
    private static void AssertSound(Configuration configuration)
    {
        foreach (int learner in configuration.Learners.Span)
        {
            Debug.Assert(!configuration.IsVoter(learner), "a learner does not vote");
        }

        foreach (int learner in configuration.LearnersNext.Span)
        {
            Debug.Assert(configuration.Outgoing.Contains(learner), "only voters of the outgoing configuration wait to become learners");
        }
    }
}
