using System.Text;
using Headroom.Consensus.Raft.Quorums;
using Headroom.Tests;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>etcd's transcripts of quorums, replayed word for word.</summary>
public sealed class QuorumTranscriptTests
{
    [SharedDataTheory("etcd-raft/quorum/testdata")]
    [InlineData("majority_commit", 12)]
    [InlineData("majority_vote", 16)]
    [InlineData("joint_vote", 30)]
    public void EveryDecisionIsAsTranscribed(string name, int atLeast)
    {
        List<TranscriptBlock> blocks = TranscriptBlock.Read(SharedData.PathOf($"etcd-raft/quorum/testdata/{name}.txt"));
        blocks.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        foreach (TranscriptBlock block in blocks)
        {
            Answer(block).ShouldBe(block.Expected, $"{name}.txt:{block.Line}");
        }
    }

    private static string Answer(TranscriptBlock block)
    {
        int[] incoming = Ids(block["cfg"]);
        bool isJoint = block["cfgj"] is not null;
        int[] outgoing = block["cfgj"] is ["zero"] ? [] : Ids(block["cfgj"]);
        int[] all = [.. incoming.Concat(outgoing).Distinct()];
        if (block.Command == "vote")
        {
            string[] votes = block["votes"] ?? [];
            var ballots = new Ballots(all.Select((id, i) => (id, votes[i])).Where(vote => vote.Item2 != "_").ToDictionary(vote => vote.id, vote => vote.Item2 == "y"));
            VoteResult result = isJoint ? Joint.Count(incoming, outgoing, ballots) : Majority.Count(incoming, ballots);
            (isJoint && result != Joint.Count(outgoing, incoming, ballots)).ShouldBeFalse("the two halves are alike");
            return $"Vote{result}";
        }

        string[] indices = block["idx"] ?? [];
        var known = new Known(all.Select((id, i) => (id, indices[i])).Where(index => index.Item2 != "_").ToDictionary(index => index.id, index => long.Parse(index.Item2)));
        long committed = Majority.CommittedIndex(incoming, known);
        committed.ShouldBe(Joint.CommittedIndex(incoming, incoming, known));
        committed.ShouldBe(Joint.CommittedIndex(incoming, [], known));
        return Table(incoming, known) + (committed == long.MaxValue ? "∞" : committed);
    }

    /// <summary>The table that etcd prints: how many voters' indices lie below each.</summary>
    private static string Table(int[] voters, Known known)
    {
        if (voters.Length == 0)
        {
            return "<empty majority quorum>";
        }

        var text = new StringBuilder(new string(' ', voters.Length)).Append("    idx\n");
        foreach (int voter in voters.Order())
        {
            bool isKnown = known.TryGet(voter, out long index);
            int bar = voters.Count(other => (known.TryGet(other, out long others) ? others : 0) < index);
            text.Append(isKnown ? new string('x', bar) + ">" + new string(' ', voters.Length - bar) : "?" + new string(' ', voters.Length));
            text.Append($" {index,5}    (id={voter})\n");
        }

        return text.ToString();
    }

    private static int[] Ids(string[]? values) => [.. (values ?? []).Select(int.Parse)];

    private readonly struct Ballots(Dictionary<int, bool> votes) : IBallots
    {
        public bool TryGet(int voter, out bool granted) => votes.TryGetValue(voter, out granted);
    }

    private readonly struct Known(Dictionary<int, long> indices) : IAcknowledgements
    {
        public bool TryGet(int voter, out long index) => indices.TryGetValue(voter, out index);
    }
}
