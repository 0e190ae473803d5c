using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Processes;

/// <summary>
/// One step of one process: who it is, what its clock shows, its random stream, and the outbox. Outputs take effect after the step, in order;
/// what follows <see cref="Persist"/> waits until that record is durable unless it was sent as urgent.
/// </summary>
public ref struct Turn
{
    private readonly Outbox _outbox;
    private readonly ref RandomStream _random;

    internal Turn(int self, ClockReading clock, ref RandomStream random, Outbox outbox)
    {
        Self = self;
        Clock = clock;
        _random = ref random;
        _outbox = outbox;
    }

    public int Self { get; }

    internal readonly Outbox Outbox => _outbox;

    public ClockReading Clock { get; }

    /// <summary>The member's own stream. The host starts it when it is first asked for.</summary>
    public readonly ref RandomStream Random
    {
        get
        {
            if (_random.IsUnstarted)
            {
                _random = _outbox.MemberSeed.At(Self).Stream();
            }

            return ref _random;
        }
    }

    /// <summary>Encodes a message once; it may then be sent to many. A message that is sent to nobody costs nothing.</summary>
    public readonly int Compose(ReadOnlySpan<byte> head, int body = 0) => _outbox.Compose(Self, head, body);

    public readonly void Send(int peer, int message, bool urgent = false)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(peer, Self);
        _outbox.Add(OutputKind.Send, peer, message, urgent: urgent);
    }

    public readonly void Send(int peer, ReadOnlySpan<byte> head, int body = 0) => Send(peer, Compose(head, body));

    /// <summary>
    /// Sends a message that shares packets with those packed just before it for the same peer: of headers it costs only those of packets that it begins, besides
    /// what tells the messages apart (<see cref="Messages.PackFrame"/>), and it is lost with the others. A message is packed for one peer. Hosts that know no packing send it alone.
    /// </summary>
    public readonly void Pack(int peer, int message, bool isFirst)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(peer, Self);
        _outbox.Add(OutputKind.Pack, peer, message, isFirst ? 1 : 0);
    }

    /// <summary>Sets a timer, replacing an earlier setting of the same number.</summary>
    public readonly void SetTimer(int timer, long delayNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayNs);
        _outbox.Add(OutputKind.SetTimer, timer, 0, delayNs);
    }

    public readonly void CancelTimer(int timer) => _outbox.Add(OutputKind.CancelTimer, timer, 0);

    /// <summary>Appends a record to the member's durable log.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="anew">The log begins with this record once it is durable: those before it are needed no longer, and a host may drop them. Until then they all count.</param>
    public readonly void Persist(ReadOnlySpan<byte> record, bool anew = false) =>
        _outbox.Add(OutputKind.Persist, anew ? 1 : 0, _outbox.Compose(Self, record, 0));

    /// <summary>
    /// <see cref="Persist"/> for a process that can go on at once where the disk takes no time: true if it does, so that the record is durable by now and no
    /// <see cref="InputKind.Durable"/> follows.
    /// </summary>
    public readonly bool TryPersistAtOnce(ReadOnlySpan<byte> record, bool anew = false)
    {
        _outbox.Add(OutputKind.Persist, anew ? 1 : 0, _outbox.Compose(Self, record, 0), _outbox.WritesAtOnce ? 1 : 0);
        return _outbox.WritesAtOnce;
    }

    /// <summary>Hands a body to the application.</summary>
    public readonly void Deliver(int body) => _outbox.Add(OutputKind.Deliver, 0, body);

    /// <summary>Answers a client's request.</summary>
    public readonly void Reply(long request, ReadOnlySpan<byte> head, int body = 0) =>
        _outbox.Add(OutputKind.Reply, 0, _outbox.Compose(Self, head, body), request);
}
