using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Tracking;
using Headroom.Tests;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>etcd's transcripts of changes of members, replayed word for word: each file is one configuration that changes.</summary>
public sealed class MembershipTranscriptTests
{
    [SharedDataTheory("etcd-raft/confchange/testdata")]
    [InlineData("joint_autoleave")]
    [InlineData("joint_idempotency")]
    [InlineData("joint_learners_next")]
    [InlineData("simple_idempotency")]
    [InlineData("simple_promote_demote")]
    [InlineData("simple_safety")]
    [InlineData("update")]
    [InlineData("zero")]
    public void EveryConfigurationIsAsTranscribed(string name)
    {
        string path = SharedData.PathOf($"etcd-raft/confchange/testdata/{name}.txt");

        var tracker = new ProgressTracker(10);
        int done = 0;
        foreach (TranscriptBlock block in TranscriptBlock.Read(path))
        {
            ConfigurationChange change = Change(block, tracker.Configuration);
            if (change.Next is { } next)
            {
                // The log is as long as commands were given before.
                tracker.Switch(next, change.Renewed, done);
            }

            string answer = change.Problem ?? string.Join('\n', [tracker.Configuration.ToString(), .. tracker.Members.ToArray().Select(member => $"{member.Id}: {member}")]);
            answer.ShouldBe(block.Expected, $"{name}.txt:{block.Line}");
            done++;
        }

        done.ShouldBeGreaterThan(0);
    }

    private static ConfigurationChange Change(TranscriptBlock block, Configuration now)
    {
        MemberChange[] changes = Changes(block.Input);
        return block.Command switch
        {
            "simple" => ConfigurationChanger.Simple(now, changes),
            "enter-joint" => ConfigurationChanger.EnterJoint(now, changes, block["autoleave"] is ["true"]),
            "leave-joint" => ConfigurationChanger.Leave(now),
            _ => throw new InvalidDataException(block.Command),
        };
    }

    internal static MemberChange[] Changes(string text) => [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => new MemberChange(word[0] switch
    {
        'v' => ChangeKind.AddVoter,
        'l' => ChangeKind.AddLearner,
        'r' => ChangeKind.Remove,
        'u' => ChangeKind.Update,
        _ => throw new InvalidDataException(word),
    }, int.Parse(word[1..])))];
}
