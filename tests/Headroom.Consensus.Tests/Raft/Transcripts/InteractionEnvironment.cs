using System.Text;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>Members, the messages between them, and the commands of a transcript.</summary>
internal sealed partial class InteractionEnvironment
{
    private readonly List<InteractionNode> _nodes = [];
    private readonly StringBuilder _output = new();
    private List<Envelope> _messages = [];
    private string _indent = "";
    private bool _isAsync;

    public string Run(TranscriptBlock block)
    {
        _output.Clear();
        int[] numbers = block.Numbers;
        switch (block.Command)
        {
            case "log-level":
                break;
            case "add-nodes":
                AddNodes(block, numbers[0]);
                break;
            case "stabilize":
                Stabilize(numbers);
                break;
            case "deliver-msgs":
                DeliverAll(block);
                break;
            case "process-ready":
                ForEach(numbers, "handling Ready", ProcessReady);
                break;
            case "process-append-thread":
                ForEach(numbers, "processing append thread", ProcessAppend);
                break;
            case "process-apply-thread":
                ForEach(numbers, "processing apply thread", ProcessApply);
                break;
            case "raft-state":
                Print(string.Join('\n', _nodes.Select(StateOf)));
                break;
            default:
                RunOn(_nodes[(numbers.Length > 0 ? numbers[0] : int.Parse(block["from"]![0])) - 1], block);
                break;
        }

        return _output.ToString().TrimEnd('\n');
    }

    private void RunOn(InteractionNode node, TranscriptBlock block)
    {
        switch (block.Command)
        {
            case "campaign":
                node.Core.Campaign();
                break;
            case "propose":
                PrintDrop(node.Core.Propose(Encoding.UTF8.GetBytes(block.Arguments[1].Name)));
                break;
            case "propose-conf-change":
                PrintDrop(node.Core.ProposeChange(new MembershipProposal([.. MembershipTranscriptTests.Changes(block.Input)], block["transition"] switch
                {
                    ["implicit"] => Transition.JointImplicit,
                    ["explicit"] => Transition.JointExplicit,
                    _ => Transition.Auto,
                })));
                break;
            case "tick-heartbeat":
                node.Core.Tick();
                break;
            case "tick-election":
                node.Core.Tick();
                node.Core.Tick();
                node.Core.Tick();
                break;
            case "forget-leader":
                node.Core.ForgetLeader();
                break;
            case "set-randomized-election-timeout":
                node.Core.ElectionTimeout = int.Parse(block["timeout"]![0]);
                break;
            case "transfer-leadership":
                node.Core.TransferTo(int.Parse(block["to"]![0]));
                break;
            case "report-unreachable":
                node.Core.ReportUnreachable(block.Numbers[1]);
                break;
            case "compact":
                node.Disk.RemoveRange(0, (int)(block.Numbers[1] + 1 - node.DiskFirstIndex));
                node.DiskFirstIndex = block.Numbers[1] + 1;
                node.Core.Compact(block.Numbers[1]);
                PrintDisk(node);
                break;
            case "raft-log":
                PrintDisk(node);
                break;
            case "status":
                Print(string.Join('\n', node.Core.Followers.Select(follower => $"{follower.Id}: {follower.Progress}")));
                break;
            case "send-snapshot":
                var message = new RaftMessage { Kind = MessageKind.Snapshot, From = node.Id, To = block.Numbers[1], Term = node.Core.Term, Snapshot = node.LatestSnapshot() };
                _messages.Add(Envelope.Of(message));
                Print(_messages[^1].ToString());
                break;
            default:
                throw new InvalidDataException($"line {block.Line}: no command '{block.Command}'");
        }
    }

    private void AddNodes(TranscriptBlock block, int count)
    {
        _isAsync |= block["async-storage-writes"] is ["true"];
        var options = new RaftOptions
        {
            ElectionTicks = 3,
            HeartbeatTicks = 1,
            PreVote = block["prevote"] is ["true"],
            CheckQuorum = block["checkquorum"] is ["true"],
            StepDownOnRemoval = block["step-down-on-removal"] is ["true"],
            MessageBytesMax = int.MaxValue,
            SnapshotTicksMax = 0,
            TellsCommit = false,
            TellsTerm = false,
            InflightMax = block["inflight"] is [var inflight] ? int.Parse(inflight) : int.MaxValue,
            IsAsync = _isAsync,
        };
        long index = block["index"] is [var first] ? long.Parse(first) : 0;
        var configuration = new Configuration
        {
            Voters = IdSet.Of((block["voters"] ?? []).Select(int.Parse)),
            Learners = IdSet.Of((block["learners"] ?? []).Select(int.Parse)),
        };
        var founding = new RaftSnapshot(index, index > 0 ? 1 : 0, configuration, default);
        for (int i = 0; i < count; i++)
        {
            int id = _nodes.Count + 1;
            Restored? restored = index > 0 ? new Restored(default, founding, []) { AfterCrash = false } : null;
            var node = new InteractionNode(id, new RaftCore(options, id, new Seed(1).At(id), restored), founding);
            node.Core.LatestSnapshot = _ => node.LatestSnapshot();
            _nodes.Add(node);
        }
    }

    private void PrintDrop(StepResult result)
    {
        if (result == StepResult.Dropped)
        {
            Print("raft proposal dropped");
        }
    }

    private void PrintDisk(InteractionNode node) => Print(node.Disk.Count == 0
        ? $"log is empty: first index={node.DiskFirstIndex}, last index={node.DiskFirstIndex - 1}"
        : string.Join('\n', node.Disk.Select(entry => Envelope.Describe(entry))));

    private static string StateOf(InteractionNode node) =>
        $"{node.Id}: State{node.Core.Role} ({(node.Core.Configuration.IsVoter(node.Id) ? "Voter" : "Non-Voter")}) Term:{node.Core.Term} Lead:{node.Core.Lead}";

    private void Print(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            _output.Append(_indent).Append(line).Append('\n');
        }
    }

    private void ForEach(int[] ids, string what, Action<InteractionNode> process)
    {
        foreach (int id in ids)
        {
            if (ids.Length > 1)
            {
                Under($"> {id} {what}", () => process(_nodes[id - 1]));
            }
            else
            {
                process(_nodes[id - 1]);
            }
        }
    }

    private void Under(string header, Action action)
    {
        Print(header);
        _indent = "  ";
        action();
        _indent = "";
    }
}
