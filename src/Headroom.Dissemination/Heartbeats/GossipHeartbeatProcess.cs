using System.Buffers.Binary;
using Headroom.Dissemination.Detection;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Heartbeats;

/// <summary>
/// Gossip-style failure detection [vanrenesse1998]: each period a member counts its own heartbeat up and sends all counters that it knows to one random other,
/// who keeps the greater; whose counter does not rise for so many periods is held for dead. A message is the verb and four bytes a member, little endian.
/// </summary>
public struct GossipHeartbeatProcess(HeartbeatTables tables, int failPeriods) : IProcess
{
    /// <summary>A message must fit a head.</summary>
    public const int MembersMax = 4000;

    private const byte Verb = 0x71;

    private readonly HeartbeatTables _tables = tables;
    private readonly int _failPeriods = failPeriods;
    private int _period;

    public static int TimerCount => 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
            case InputKind.Recovery when input.Number < 0:
                _tables.Begin(ref turn);
                break;
            case InputKind.Timer:
                Beat(ref turn);
                break;
            case InputKind.Message when input.Head.Length == 1 + (4 * _tables.Members) && input.Head[0] == Verb:
                Merge(input.Head[1..], ref turn);
                break;
        }
    }

    private void Beat(ref Turn turn)
    {
        int self = turn.Self;
        _period++;
        turn.SetTimer(0, _tables.PeriodNs);
        _tables.Counter(self, self)++;
        for (int other = 0; other < _tables.Members; other++)
        {
            if (other != self && _period - _tables.HeardAt(self, other) > _failPeriods && !_tables.IsDead(self, other))
            {
                _tables.IsDead(self, other) = true;
                StatusNotice.Tell(other, MemberStatus.Dead, ref turn);
            }
        }

        if (_tables.Members == 1)
        {
            return;
        }

        int peer = turn.Random.Below(_tables.Members - 1);
        Span<byte> head = stackalloc byte[1 + (4 * _tables.Members)];
        head[0] = Verb;
        for (int other = 0; other < _tables.Members; other++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[(1 + (4 * other))..], _tables.Counter(self, other));
        }

        turn.Send(peer < self ? peer : peer + 1, head);
    }

    private readonly void Merge(ReadOnlySpan<byte> counters, ref Turn turn)
    {
        int self = turn.Self;
        for (int other = 0; other < _tables.Members; other++)
        {
            int counter = BinaryPrimitives.ReadInt32LittleEndian(counters[(4 * other)..]);
            ref int known = ref _tables.Counter(self, other);
            if (counter <= known || other == self)
            {
                continue;
            }

            known = counter;
            _tables.HeardAt(self, other) = _period;
            if (_tables.IsDead(self, other))
            {
                _tables.IsDead(self, other) = false;
                StatusNotice.Tell(other, MemberStatus.Alive, ref turn);
            }
        }
    }
}
