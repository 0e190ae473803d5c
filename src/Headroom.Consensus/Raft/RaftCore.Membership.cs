using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Tracking;

namespace Headroom.Consensus.Raft;

/// <summary>Changes of members, which take effect when they are applied [ongaro2014, chapter 4].</summary>
public sealed partial class RaftCore
{
    /// <summary>Why the last proposed change was replaced by an empty command; null when it was not.</summary>
    public string? ChangeProblem { get; private set; }

    /// <summary>
    /// Puts a change of members into the log. While another may be under way, or where the change does not fit the configuration, an empty command takes its place and
    /// <see cref="ChangeProblem"/> says why.
    /// </summary>
    public StepResult ProposeChange(MembershipProposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (!TakesProposals)
        {
            return StepResult.Dropped;
        }

        ChangeProblem = ProblemOf(proposal);
        if (ChangeProblem is null)
        {
            _pendingChangeIndex = _log.LastIndex + 1;
            AppendOwn(EntryKind.Membership, proposal.Encode());
        }
        else
        {
            AppendOwn(EntryKind.Command, default);
        }

        BroadcastAppend();
        return StepResult.Done;
    }

    /// <summary>A change of members is applied: call it for each such entry, in order. Null, and nothing happens, where it does not fit.</summary>
    public Configuration? ApplyChange(MembershipProposal proposal)
    {
        ConfigurationChange change = ConfigurationChanger.Apply(Configuration, proposal);
        if (change.Next is not { } next)
        {
            return null;
        }

        _tracker.Switch(next, change.Renewed, _log.LastIndex);
        AfterSwitch();
        return next;
    }

    private string? ProblemOf(MembershipProposal proposal) =>
        _pendingChangeIndex > _log.Applied && _options.Mutant != RaftMutant.ChangeTooEarly ? $"a change may be under way at index {_pendingChangeIndex} (applied to {_log.Applied})"
        : Configuration.IsJoint && !proposal.Changes.IsEmpty ? "must transition out of joint config first"
        : !Configuration.IsJoint && proposal.Changes.IsEmpty ? "not in joint state; refusing empty conf change"
        : null;

    private void AfterSwitch()
    {
        if (Role != Role.Leader)
        {
            if (Role != Role.Follower)
            {
                // The ballots are of voters that may be none any more, and so may we be.
                BecomeFollower(Term, 0);
            }

            return;
        }

        if (_tracker[Id] is null or { IsLearner: true })
        {
            if (_options.StepDownOnRemoval)
            {
                BecomeFollower(Term, 0);
            }

            return;
        }

        if (Configuration.Voters.IsEmpty)
        {
            return;
        }

        // Fewer members may make a quorum now.
        if (TryCommit())
        {
            StartWaitingReads();
            BroadcastAppend();
        }
        else
        {
            foreach (Progress member in _tracker.Members)
            {
                if (member.Id != Id)
                {
                    _ = TrySendAppend(member, sendsEmpty: false);
                }
            }
        }

        if (_transferTo != 0 && !Configuration.IsVoter(_transferTo))
        {
            _transferTo = 0;
        }
    }

    /// <summary>Who stands for election with a change that is committed and not applied would count the wrong votes.</summary>
    private bool HasUnappliedChange()
    {
        for (long index = _log.Applied + 1; index <= _log.Committed; index++)
        {
            if (index >= _log.FirstIndex && _log.Entry(index).Kind == EntryKind.Membership)
            {
                return true;
            }
        }

        return false;
    }

    private void LeaveJointIfDue()
    {
        if (Configuration.AutoLeave && _log.Applied >= _pendingChangeIndex && Role == Role.Leader)
        {
            // Where it is dropped, because leadership is being handed over, the next applied entry brings us here again.
            _ = ProposeChange(MembershipProposal.Leave);
        }
    }
}
