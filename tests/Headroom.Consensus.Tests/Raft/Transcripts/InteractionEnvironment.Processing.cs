using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>What members want done, is done; and messages are delivered.</summary>
internal sealed partial class InteractionEnvironment
{
    private void ProcessReady(InteractionNode node)
    {
        if (!node.Core.HasReady)
        {
            Print("<empty Ready>");
            return;
        }

        RaftReady ready = node.Core.TakeReady();
        List<Envelope> messages = [];
        List<Envelope> answers = [];
        foreach (ref readonly RaftMessage message in ready.Messages)
        {
            messages.Add(Envelope.Of(message));
        }

        foreach (ref readonly RaftMessage answer in ready.Answers)
        {
            answers.Add(Envelope.Of(answer));
        }

        RaftEntry[] entries = ready.Entries.Span.ToArray();
        RaftEntry[] committed = ready.Committed.Span.ToArray();
        RaftSnapshot? snapshot = ready.Snapshot;
        string self = node.Id.ToString();
        if (_isAsync)
        {
            AddWork(ready, self, messages, answers, entries, committed);
        }
        else
        {
            messages.AddRange(answers.Where(answer => answer.To != self));
        }

        PrintReady(node, ready, entries, committed, messages);
        if (!_isAsync)
        {
            node.Write(entries, snapshot);
            node.Apply(committed);
        }

        foreach (Envelope message in messages)
        {
            (message.To == "AppendThread" ? node.AppendWork.Enqueue : message.To == "ApplyThread" ? node.ApplyWork.Enqueue : (Action<Envelope>)_messages.Add)(message);
        }

        if (!_isAsync)
        {
            node.Core.Advance();
        }
    }

    private static void AddWork(in RaftReady ready, string self, List<Envelope> messages, List<Envelope> answers, RaftEntry[] entries, RaftEntry[] committed)
    {
        if (entries.Length > 0 || ready.State is not null || ready.Snapshot is not null || answers.Count > 0)
        {
            messages.Add(new Envelope("MsgStorageAppend", self, "AppendThread")
            {
                State = ready.State,
                Entries = entries,
                Snapshot = ready.Snapshot,
                Responses = answers,
            });
        }

        if (committed.Length > 0)
        {
            var done = new Envelope("MsgStorageApplyResp", "ApplyThread", self) { Entries = committed };
            messages.Add(new Envelope("MsgStorageApply", self, "ApplyThread") { Entries = committed, Responses = [done] });
        }
    }

    private void PrintReady(InteractionNode node, in RaftReady ready, RaftEntry[] entries, RaftEntry[] committed, List<Envelope> messages)
    {
        Print($"Ready MustSync={(ready.MustSync ? "true" : "false")}:");
        if (ready.RoleChanged)
        {
            Print($"Lead:{node.Core.Lead} State:State{node.Core.Role}");
        }

        if (ready.State is { } state)
        {
            Print($"HardState Term:{state.Term}{(state.Vote > 0 ? $" Vote:{state.Vote}" : "")} Commit:{state.Commit}");
        }

        PrintAll("Entries:", entries.Select(entry => Envelope.Describe(entry)));
        if (ready.Snapshot is { } snapshot)
        {
            Print($"Snapshot {Envelope.Describe(snapshot)}");
        }

        PrintAll("CommittedEntries:", committed.Select(entry => Envelope.Describe(entry)));
        PrintAll("Messages:", messages.Select(message => message.ToString()));
    }

    private void PrintAll(string title, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length > 0)
        {
            Print(title);
            Array.ForEach(all, Print);
        }
    }

    private void ProcessAppend(InteractionNode node)
    {
        Envelope work = node.AppendWork.Dequeue();
        PrintWork(work);
        node.Write(work.Entries, work.Snapshot);
        _messages.AddRange(work.Responses);
    }

    private void ProcessApply(InteractionNode node)
    {
        Envelope work = node.ApplyWork.Dequeue();
        PrintWork(work);
        node.Apply(work.Entries);
        _messages.AddRange(work.Responses);
    }

    private void PrintWork(Envelope work)
    {
        Print("Processing:");
        Print((work with { Responses = [] }).ToString());
        Print("Responses:");
        foreach (Envelope response in work.Responses)
        {
            Print(response.ToString());
        }
    }

    private void DeliverAll(TranscriptBlock block)
    {
        string? type = block["type"]?[0];
        foreach (int id in block.Numbers)
        {
            Deliver(id, type, isDropped: false);
        }

        foreach (string id in block["drop"] ?? [])
        {
            Deliver(int.Parse(id), type, isDropped: true);
        }
    }

    private void Deliver(int id, string? type, bool isDropped)
    {
        List<Envelope> due = [.. _messages.Where(message => message.Target == id && (type is null || message.Type == type) && !(isDropped && message.IsToSelf))];
        _messages = [.. _messages.Except(due, ReferenceEqualityComparer.Instance).Cast<Envelope>()];
        foreach (Envelope message in due)
        {
            Print((isDropped ? "dropped: " : "") + message);
            if (isDropped)
            {
                continue;
            }

            RaftCore core = _nodes[id - 1].Core;
            if (message.Type == "MsgStorageApplyResp")
            {
                core.AppliedTo(message.Entries[^1].Index);
            }
            else if (core.Step(message.Message) == StepResult.UnknownMember)
            {
                Print("raft: cannot step as peer not found");
            }
        }
    }

    private void Stabilize(int[] ids)
    {
        List<InteractionNode> nodes = ids.Length == 0 ? _nodes : [.. ids.Select(id => _nodes[id - 1])];
        bool isDone = false;
        while (!isDone)
        {
            isDone = true;
            foreach (InteractionNode node in nodes.Where(node => node.Core.HasReady))
            {
                isDone = false;
                Under($"> {node.Id} handling Ready", () => ProcessReady(node));
            }

            foreach (InteractionNode node in nodes.Where(node => _messages.Exists(message => message.Target == node.Id)))
            {
                isDone = false;
                Under($"> {node.Id} receiving messages", () => Deliver(node.Id, null, isDropped: false));
            }

            isDone &= !Work(nodes, "append", node => node.AppendWork, ProcessAppend);
            isDone &= !Work(nodes, "apply", node => node.ApplyWork, ProcessApply);
        }
    }

    private bool Work(List<InteractionNode> nodes, string what, Func<InteractionNode, Queue<Envelope>> queue, Action<InteractionNode> process)
    {
        bool isAny = false;
        foreach (InteractionNode node in nodes.Where(node => queue(node).Count > 0))
        {
            isAny = true;
            Under($"> {node.Id} processing {what} thread", () =>
            {
                while (queue(node).Count > 0)
                {
                    process(node);
                }
            });
        }

        return isAny;
    }
}
