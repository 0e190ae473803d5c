using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;

namespace Headroom.Simulation.Hosting;

/// <summary>One copy that a faulty member is about to send, and the means to send something else, to others too, or nothing.</summary>
public readonly ref struct ByzantineTurn
{
    private readonly MessagePool _messages;
    private readonly List<(int To, int Message)> _sent;
    private readonly int _honest;
    private readonly ref RandomStream _random;

    internal ByzantineTurn(int self, int to, int honest, long nowNs, BodyTable bodies, MessagePool messages, List<(int To, int Message)> sent, ref RandomStream random)
    {
        Self = self;
        To = to;
        NowNs = nowNs;
        Bodies = bodies;
        _honest = honest;
        _messages = messages;
        _sent = sent;
        _random = ref random;
    }

    public int Self { get; }

    /// <summary>Whom the process meant.</summary>
    public int To { get; }

    /// <summary>What the process meant to say.</summary>
    public ReadOnlySpan<byte> Head => _messages.Head(_honest);

    /// <summary>Handle of the body that the process meant to send; 0 for none.</summary>
    public int Body => _messages.Body(_honest);

    /// <summary>True time.</summary>
    public long NowNs { get; }

    /// <summary>To make other bodies.</summary>
    public BodyTable Bodies { get; }

    /// <summary>The faulty sender's own stream.</summary>
    public ref RandomStream Random => ref _random;

    /// <summary>Sends the copy as it was meant.</summary>
    public void Pass()
    {
        _messages.Hold(_honest);
        _sent.Add((To, _honest));
    }

    /// <summary>Sends a message of one's own making.</summary>
    public void Send(int to, ReadOnlySpan<byte> head, int body = 0)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(to, Self);
        _sent.Add((to, _messages.Add(Self, head, body)));
    }
}
