using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>
/// The master [vanrenesse2004, section 3]: who is in the chain, in which order, as epochs that follow one another. It is reliable by assumption: one process that never fails and forgets nothing, behind the same network as the
/// servers. It cannot tell a server that has stopped from one that it does not hear: who is taken out may be alive, and must not be believed.
/// </summary>
public sealed class ChainRegistrar : IGroupRole
{
    private const int SessionTimer = 0;

    private readonly ChainOptions _options;
    private readonly long[] _incarnations;
    private readonly long[] _heardNs;
    private readonly bool[] _isAlive;
    private readonly List<byte[]> _received = [];

    public ChainRegistrar(ChainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _incarnations = new long[options.Servers];
        _heardNs = new long[options.Servers];
        _isAlive = new bool[options.Servers];
        Configuration = new ChainConfiguration(1, [.. Enumerable.Range(0, options.Servers)]);
    }

    public ChainConfiguration Configuration { get; private set; }

    /// <summary>The last server of the chain has lost its memory, and with it all that was written: there is nothing to go on from.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Bytes that cannot be a message to it, in all.</summary>
    public long MalformedCount { get; private set; }

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Array.Fill(_heardNs, turn.Clock.LocalNs);
                Array.Fill(_isAlive, true);
                _options.Witness?.Led(Configuration.Head, Configuration.Epoch, turn.Clock.LocalNs);
                turn.SetTimer(SessionTimer, _options.HeartbeatNs);
                break;
            case InputKind.Timer:
                turn.SetTimer(SessionTimer, _options.HeartbeatNs);
                LookForSilence(ref turn);
                break;
            case InputKind.Message:
                OnMessage(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        int server = input.Peer;
        if ((uint)server >= (uint)_options.Servers || !ChainWire.TryRead(input.Head, _options.Servers, _received, out ChainMessage message, out _))
        {
            MalformedCount++;
            return;
        }

        bool isCurrent = message.Epoch == Configuration.Epoch && Configuration.Contains(server);
        switch (message.Verb)
        {
            case ChainVerb.Heartbeat:
                OnHeartbeat(server, message, ref turn);
                break;
            case ChainVerb.Confirm:
                if (isCurrent)
                {
                    Send(server, message with { Verb = ChainVerb.Confirmed }, ref turn);
                }

                break;
            case ChainVerb.CaughtUp:
                if (isCurrent && server == Configuration.Tail && Configuration.Joining >= 0 && message.Incarnation == _incarnations[server])
                {
                    Decide(Configuration with { Order = Configuration.Order.Add(Configuration.Joining), Joining = -1 }, ref turn);
                }

                break;
            default:
                MalformedCount++;
                break;
        }
    }

    private void OnHeartbeat(int server, in ChainMessage message, ref Turn turn)
    {
        if (message.Incarnation < _incarnations[server])
        {
            return;
        }

        bool isReturning = message.Incarnation > _incarnations[server] && _incarnations[server] > 0;
        _incarnations[server] = message.Incarnation;
        _heardNs[server] = turn.Clock.LocalNs;
        _isAlive[server] = true;
        // Who joins and has started again must not take what was sent to it before for what it is sent now: it joins anew.
        if (isReturning && (server == Configuration.Joining || (!_options.IsDurable && _options.Mutant != ChainMutant.KeepForgetful)))
        {
            TakeOut(server, ref turn);
        }

        if (!TryLetIn(ref turn) && message.Epoch < Configuration.Epoch)
        {
            Tell(server, ref turn);
        }

        if (_options.HasLeases && Configuration.Contains(server) && !IsLost)
        {
            Send(server, new ChainMessage(ChainVerb.Lease, Number: message.Number, Incarnation: message.Incarnation), ref turn);
        }
    }

    /// <summary>Who is silent is taken out as long as somebody else in the chain is alive.</summary>
    private void LookForSilence(ref Turn turn)
    {
        for (int server = 0; server < _options.Servers; server++)
        {
            _isAlive[server] &= turn.Clock.LocalNs - _heardNs[server] <= _options.SessionNs;
        }

        for (int server = 0; server < _options.Servers; server++)
        {
            if (!_isAlive[server] && (server == Configuration.Joining || (Configuration.Order.Length > _options.Least && Configuration.Order.Any(other => _isAlive[other]))))
            {
                TakeOut(server, ref turn);
            }
        }

        _ = TryLetIn(ref turn);
    }

    private void TakeOut(int server, ref Turn turn)
    {
        if (server == Configuration.Joining)
        {
            Decide(Configuration with { Joining = -1 }, ref turn);
        }
        else if (Configuration.Contains(server))
        {
            if (Configuration.Order.Length == 1)
            {
                IsLost = true;
                return;
            }

            Decide(Configuration with { Order = Configuration.Order.Remove(server) }, ref turn);
        }
    }

    /// <summary>One at a time is copied from the tail.</summary>
    private bool TryLetIn(ref Turn turn)
    {
        for (int server = 0; server < _options.Servers && Configuration.Joining < 0 && !IsLost; server++)
        {
            if (_isAlive[server] && _incarnations[server] > 0 && !Configuration.Contains(server))
            {
                Decide(Configuration with { Joining = server }, ref turn);
                return true;
            }
        }

        return false;
    }

    private void Decide(ChainConfiguration next, ref Turn turn)
    {
        Configuration = next with { Epoch = Configuration.Epoch + 1 };
        _options.Witness?.Led(Configuration.Head, Configuration.Epoch, turn.Clock.LocalNs);
        for (int server = 0; server < _options.Servers; server++)
        {
            Tell(server, ref turn);
        }
    }

    /// <summary>For the incarnation that was heard last: a later one knows nothing of what is said to it.</summary>
    private void Tell(int server, ref Turn turn)
    {
        if (IsLost)
        {
            return;
        }

        Span<byte> room = stackalloc byte[ChainWire.HeadBytesMax + ChainOptions.ServersMax];
        VarintWriter writer = ChainWire.Write(room, new ChainMessage(ChainVerb.Configuration, Configuration.Epoch, Incarnation: _incarnations[server]));
        ChainWire.WriteChain(ref writer, Configuration);
        turn.Send(server, turn.Compose(writer.Written));
    }

    private static void Send(int server, in ChainMessage message, ref Turn turn) => turn.Send(server, ChainWire.Compose(message, ref turn));
}
