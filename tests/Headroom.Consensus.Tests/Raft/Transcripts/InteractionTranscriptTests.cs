using Headroom.Tests;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>
/// etcd's transcripts of whole groups: every message with all its fields, every hard state, every entry handed out, written and applied, and what leaders know of
/// followers, in the same order. Log lines are not ours and are left out; etcd's two forms of a change of members are one here.
/// </summary>
public sealed class InteractionTranscriptTests
{
    [SharedDataTheory("etcd-raft/interaction")]
    [InlineData("async_storage_writes")]
    [InlineData("async_storage_writes_append_aba_race")]
    [InlineData("campaign_learner_must_vote")]
    [InlineData("checkquorum")]
    [InlineData("confchange_v1_add_single")]
    [InlineData("confchange_v1_remove_leader")]
    [InlineData("confchange_v2_add_double_auto")]
    [InlineData("confchange_v2_add_double_implicit")]
    [InlineData("confchange_v2_add_single_explicit")]
    [InlineData("confchange_v2_replace_leader")]
    [InlineData("forget_leader")]
    [InlineData("forget_leader_prevote_checkquorum")]
    [InlineData("heartbeat_resp_recovers_from_probing")]
    [InlineData("lagging_commit")]
    [InlineData("prevote_checkquorum")]
    [InlineData("probe_and_replicate")]
    [InlineData("single_node")]
    [InlineData("slow_follower_after_compaction")]
    [InlineData("snapshot_succeed_via_app_resp_behind")]
    public void AGroupDoesAsTranscribed(string name)
    {
        var environment = new InteractionEnvironment();
        bool isSilent = false;
        int compared = 0;
        foreach (TranscriptBlock block in TranscriptBlock.Read(SharedData.PathOf($"etcd-raft/interaction/{name}.txt")))
        {
            if (block.Command == "log-level")
            {
                isSilent = block.Arguments[0].Name == "none";
            }

            string answer = environment.Run(block);
            if (!isSilent && block["log-level"] is not ["none"])
            {
                string expected = Expected(block.Expected);
                answer.ShouldBe(expected, $"{name}.txt:{block.Line} {block.Command}");
                compared += expected.Length > 0 ? 1 : 0;
            }
        }

        compared.ShouldBeGreaterThan(0);
    }

    private static string Expected(string text) => string.Join('\n', text.Split('\n').Where(line => !IsLogged(line.TrimStart())))
        .Replace("EntryConfChangeV2", "EntryConfChange", StringComparison.Ordinal) is var kept && kept == "ok" ? "" : kept;

    private static bool IsLogged(string line) => line.StartsWith("INFO ", StringComparison.Ordinal) || line.StartsWith("DEBUG ", StringComparison.Ordinal) || line.StartsWith("WARN ", StringComparison.Ordinal);
}
