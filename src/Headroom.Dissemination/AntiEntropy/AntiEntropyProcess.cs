using System.Buffers.Binary;
using Headroom.Dissemination.Gossip;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.AntiEntropy;

/// <summary>
/// Anti-entropy [demers1987, section 1.3]: each period a member compares what it has with one random peer, and each sends the other what it lacks. Compared
/// is the list of all numbers (8 bytes each, whether they differ or not), or a tree of hashes [merkle1987]: the root's hash first, then, where hashes differ,
/// those of the sixteen children, until few numbers are left to list. Every message is answered from what the member has, so that nothing needs to be
/// remembered of a comparison. It never falls silent.
/// </summary>
public readonly struct AntiEntropyProcess(AntiEntropyOptions options, AntiEntropyTables tables) : IProcess
{
    private readonly AntiEntropyOptions _options = options;
    private readonly AntiEntropyTables _tables = tables;

    public static int TimerCount => 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Begin(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                _tables.Clear(turn.Self);
                Begin(ref turn);
                break;
            case InputKind.Request:
                _tables.Take(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when AntiEntropyHead.TryRead(input.Head, out AntiEntropyHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer:
                turn.SetTimer(0, _options.PeriodNs);
                Compare(ref turn);
                break;
        }
    }

    private void Begin(ref Turn turn) => turn.SetTimer(0, (long)turn.Random.Below((ulong)_options.PeriodNs));

    private void Compare(ref Turn turn)
    {
        _tables.Asked.Clear(turn.Self);
        Span<int> peer = stackalloc int[1];
        if (RandomPeers.Draw(_options.Topology, peer, ref turn) == 0)
        {
            return;
        }

        if (!_options.UsesTree)
        {
            SendList(peer[0], 0, 0, ref turn);
            return;
        }

        Span<byte> head = stackalloc byte[9];
        head[0] = (byte)AntiEntropyVerb.Root;
        BinaryPrimitives.WriteUInt64LittleEndian(head[1..], _tables.Trees.Hash(turn.Self, 0, 0));
        turn.Send(peer[0], head);
    }

    private void Receive(in AntiEntropyHead head, in ProcessInput input, ref Turn turn)
    {
        switch (head.Verb)
        {
            case AntiEntropyVerb.Payload:
                _tables.Take(head[0], input.Body, ref turn);
                break;
            case AntiEntropyVerb.Want:
                Answer(head, input.Peer, ref turn);
                break;
            case AntiEntropyVerb.List when _tables.Trees.Holds(head.Level, head.Prefix):
                Reconcile(head, input.Peer, ref turn);
                break;
            case AntiEntropyVerb.Root when head[0] != (long)_tables.Trees.Hash(turn.Self, 0, 0):
                Narrow(input.Peer, 0, 0, ref turn);
                break;
            case AntiEntropyVerb.Node when head.Level < _tables.Trees.Depth && _tables.Trees.Holds(head.Level, head.Prefix):
                for (int i = 0; i < HashTrees.Fanout; i++)
                {
                    int child = (head.Prefix * HashTrees.Fanout) + i;
                    if (head[i] != (long)_tables.Trees.Hash(turn.Self, head.Level + 1, child))
                    {
                        Narrow(input.Peer, head.Level + 1, child, ref turn);
                    }
                }

                break;
        }
    }

    /// <summary>There is a difference below a node: tells its numbers if they are few, else its children's hashes.</summary>
    private void Narrow(int peer, int level, int prefix, ref Turn turn)
    {
        HashTrees trees = _tables.Trees;
        if (level == trees.Depth || trees.Count(turn.Self, level, prefix) <= _options.ListedMax)
        {
            SendList(peer, level, prefix, ref turn);
            return;
        }

        Span<byte> head = stackalloc byte[AntiEntropyHead.PlaceLength + (8 * HashTrees.Fanout)];
        AntiEntropyHead.WritePlace(head, AntiEntropyVerb.Node, level, prefix);
        for (int i = 0; i < HashTrees.Fanout; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(head[(AntiEntropyHead.PlaceLength + (8 * i))..], trees.Hash(turn.Self, level + 1, (prefix * HashTrees.Fanout) + i));
        }

        turn.Send(peer, head);
    }

    /// <summary>The numbers below a node, the latest where a head cannot hold all.</summary>
    private void SendList(int peer, int level, int prefix, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[AntiEntropyHead.PlaceLength + (8 * AntiEntropyHead.ListMax)];
        AntiEntropyHead.WritePlace(head, AntiEntropyVerb.List, level, prefix);
        int length = AntiEntropyHead.PlaceLength;
        for (int i = _tables.InWindow(turn.Self) - 1; i >= 0 && length + 8 <= head.Length; i--)
        {
            long number = _tables.Memory.Broadcast(_tables.SlotAt(turn.Self, i));
            if (HashTrees.Prefix(number, level) == prefix)
            {
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], number);
                length += 8;
            }
        }

        turn.Send(peer, head[..length]);
    }

    /// <summary>Sends what the peer does not list below a node and asks for what it lists and this member lacks.</summary>
    private void Reconcile(in AntiEntropyHead told, int peer, ref Turn turn)
    {
        int sent = 0;
        for (int i = _tables.InWindow(turn.Self) - 1; i >= 0 && sent < _options.AnswersMax; i--)
        {
            int slot = _tables.SlotAt(turn.Self, i);
            long number = _tables.Memory.Broadcast(slot);
            if (HashTrees.Prefix(number, told.Level) == told.Prefix && !told.Lists(number))
            {
                SendPayload(slot, peer, ref turn);
                sent++;
            }
        }

        Span<byte> head = stackalloc byte[1 + (8 * AntiEntropyHead.ListMax)];
        head[0] = (byte)AntiEntropyVerb.Want;
        int length = 1;
        for (int i = 0; i < told.Count; i++)
        {
            long number = told[i];
            if (_tables.Memory.Find(turn.Self, number) < 0 && _tables.Asked.Find(turn.Self, number) < 0)
            {
                _tables.Asked.Add(turn.Self, number, 0);
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], number);
                length += 8;
            }
        }

        if (length > 1)
        {
            turn.Send(peer, head[..length]);
        }
    }

    private void Answer(in AntiEntropyHead wanted, int peer, ref Turn turn)
    {
        for (int i = 0; i < Math.Min(wanted.Count, _options.AnswersMax); i++)
        {
            int slot = _tables.Memory.Find(turn.Self, wanted[i]);
            if (slot >= 0)
            {
                SendPayload(slot, peer, ref turn);
            }
        }
    }

    private void SendPayload(int slot, int peer, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = (byte)AntiEntropyVerb.Payload;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], _tables.Memory.Broadcast(slot));
        turn.Send(peer, head, _tables.Memory.Body(slot));
    }
}
