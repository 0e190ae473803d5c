using Headroom.Simulation.Processes;

namespace Headroom.Coding.Repairs;

/// <summary>
/// A node that helps to repair, rebuilds, or passes on. A request makes it rebuild its blocks, <see cref="RepairLoad.Window"/> at a time: it asks each helper for its message;
/// a helper reads from its disk, computes, and sends the message in parts; when all messages are there they wait for the processor, and the block is rebuilt. When the last
/// is, it answers the request. Disk and processor serve one at a time. It needs a network that loses nothing, as TCP does.
/// </summary>
public struct RepairProcess(RepairLoad load) : IProcess
{
    private const int DiskTimer = 0;
    private const int ProcessorTimer = 1;

    private readonly RepairLoad _load = load;
    private Station _disk = new(DiskTimer);
    private Station _processor = new(ProcessorTimer);
    private Dictionary<int, OpenBlock>? _open;
    private byte[]? _head;
    private int _asked;
    private long _request;

    public static int TimerCount => 2;

    /// <summary>How long its disk has worked.</summary>
    public readonly long DiskNs => _disk.BusyNs;

    /// <summary>How long its processor has worked.</summary>
    public readonly long ProcessorNs => _processor.BusyNs;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Request when _open is null:
                (_open, _request) = ([], input.Number);
                for (int i = 0; i < _load.Window; i++)
                {
                    AskNext(ref turn);
                }

                Answer(ref turn);
                break;
            case InputKind.Message when RepairHead.TryRead(input.Head, out RepairHead head):
                Hear(head, input, ref turn);
                break;
            case InputKind.Timer when input.Number == DiskTimer:
                Compute(_disk.Finish(ref turn), ref turn);
                break;
            case InputKind.Timer:
                Done(_processor.Finish(ref turn), ref turn);
                break;
            default:
                break;
        }
    }

    private void AskNext(ref Turn turn)
    {
        int block = _load.Block(turn.Self, _asked);
        if (block < 0)
        {
            return;
        }

        _asked++;
        Span<int> helpers = stackalloc int[_load.Helpers];
        _load.Choose(turn.Self, helpers, ref turn.Random);
        _open!.Add(block, new OpenBlock(_load, helpers));
        Span<byte> ask = stackalloc byte[RepairHead.Bytes];
        for (int i = 0; i < helpers.Length; i++)
        {
            new RepairHead(true, helpers[i], turn.Self, block, (ushort)i, 0).Write(ask);
            turn.Send(_load.NextHop(turn.Self, turn.Self, helpers[i]), ask);
        }
    }

    private void Hear(in RepairHead head, in ProcessInput input, ref Turn turn)
    {
        if (head.To != turn.Self)
        {
            int hop = head.From == turn.Self ? -1 : _load.NextHop(turn.Self, head.From, head.To);
            if (hop >= 0)
            {
                turn.Send(hop, input.Head, input.Body);
            }

            return;
        }

        if (!head.IsAsk)
        {
            if (_open is not null && _open.TryGetValue(head.Block, out OpenBlock? open) && open.Take(head, input.Head[RepairHead.Bytes..]))
            {
                Work(new Chore(false, head.Block, -1, turn.Self, _load.RebuildNs), ref turn);
            }

            return;
        }

        if (head.Helper >= _load.Helpers || head.Block < 0 || _load.NextHop(turn.Self, turn.Self, head.From) < 0 || head.From == turn.Self)
        {
            return;
        }

        var reading = new Chore(true, head.Block, head.Helper, head.From, _load.ReadNs(head.Helper));
        if (reading.Ns == 0)
        {
            Compute(reading, ref turn);
        }
        else
        {
            _disk.Add(reading, ref turn);
        }
    }

    /// <summary>What was read becomes a message.</summary>
    private void Compute(in Chore read, ref Turn turn) => Work(read with { IsReading = false, Ns = _load.MessageNs(read.Helper) }, ref turn);

    private void Work(in Chore chore, ref Turn turn)
    {
        if (chore.Ns == 0)
        {
            Done(chore, ref turn);
        }
        else
        {
            _processor.Add(chore, ref turn);
        }
    }

    private void Done(in Chore chore, ref Turn turn)
    {
        if (chore.Helper >= 0)
        {
            Send(chore, ref turn);
            return;
        }

        if (_open!.Remove(chore.Block, out OpenBlock? open))
        {
            _load.Rebuild(turn.Self, chore.Block, open.Messages);
            AskNext(ref turn);
            Answer(ref turn);
        }
    }

    private void Send(in Chore chore, ref Turn turn)
    {
        ReadOnlySpan<byte> message = _load.Message(chore.Block, chore.Helper).Span;
        _head ??= new byte[RepairHead.Bytes + (_load.IsBlank ? 0 : _load.PartBytes)];
        int next = _load.NextHop(turn.Self, turn.Self, chore.Newcomer);
        for (int part = 0; part < _load.Parts(chore.Helper); part++)
        {
            new RepairHead(false, chore.Newcomer, turn.Self, chore.Block, (ushort)chore.Helper, part).Write(_head);
            int bytes = _load.BytesOfPart(chore.Helper, part);
            int carried = message.Length == 0 ? 0 : bytes;
            if (carried > 0)
            {
                message.Slice(part * _load.PartBytes, bytes).CopyTo(_head.AsSpan(RepairHead.Bytes));
            }

            turn.Send(next, _head.AsSpan(0, RepairHead.Bytes + carried), _load.Body(bytes));
        }
    }

    private readonly void Answer(ref Turn turn)
    {
        if (_open!.Count == 0)
        {
            turn.Reply(_request, []);
        }
    }
}
