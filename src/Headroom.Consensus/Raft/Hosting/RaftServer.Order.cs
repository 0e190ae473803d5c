using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>Appends that overtook others wait for them.</summary>
public sealed partial class RaftServer
{
    private readonly EarlyAppends _early = new();

    /// <summary>Whether an append of this member's leader, who has fed this member before, begins behind this member's log.</summary>
    private bool IsEarly(in RaftMessage message) =>
        _group.HoldsEarlyAppends && message.Kind == MessageKind.Append && message.Index > _core!.LastIndex && message.Term == _core.Term && _core.Role == Role.Follower && _core.Lead == message.From
        && _core.TryTerm(_core.LastIndex, out long term) && term == message.Term;

    /// <summary>What was held and now fits is taken in as if it had come now.</summary>
    private void TakeEarly(long nowNs)
    {
        while (Problem is null && _early.Count > 0)
        {
            if (_early.Term != _core!.Term || _core.Role != Role.Follower)
            {
                _early.Clear();
            }
            else if (_early.FirstIndex <= _core.LastIndex)
            {
                StepHeld(_early.First, nowNs);
                _early.RemoveFirst(nowNs);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>What is missing for a tick is lost, or as good as that: what came last is refused, once, and all stays, for what follows the missing fits it then.</summary>
    private void RefuseOverdue(long nowNs)
    {
        TakeEarly(nowNs);
        if (Problem is null && _early is { Count: > 0, HasNews: true } && nowNs - _early.SinceNs >= _group.TickNs)
        {
            _early.Refuse(nowNs);
            StepHeld(_early.Latest, nowNs);
        }
    }

    private void StepHeld(ReadOnlySpan<byte> held, long nowNs)
    {
        held.CopyTo(_incoming);
        if (RaftWire.TryRead(_incoming.AsMemory(0, held.Length), ref _read, out RaftMessage message))
        {
            (message.From, message.To) = (_early.Leader, _id);
            Step(message, nowNs);
        }
    }

    private void Step(in RaftMessage message, long nowNs)
    {
        if (_core!.Step(message) == StepResult.Impossible)
        {
            Refuse($"a leader takes entries for committed that this member's log, which ends at {_core.LastIndex}, lost", nowNs);
        }
    }
}
