using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>
/// The state of the lines in one run. Each link has a seed of its own; what is drawn for a message is a function of that seed and of how many messages
/// its sender has sent before, so that no link's draws depend on another's and a million links need no storage. Jitter and independent loss are drawn
/// first; what else links may do lies behind one flag and costs nothing when it is not asked for.
/// </summary>
public sealed partial class LinkNetwork
{
    private readonly NetworkOptions _options;
    private readonly Topology _topology;
    private readonly Seed _seed;
    private readonly Line[] _lines;
    private readonly long _queueNsMax;
    private readonly long _uniformNs;
    private readonly long _lagNs;
    private readonly ulong _lossBits;
    private readonly Jitter _jitter;
    private readonly long _exponentialNs;
    private bool _isRandom;
    private bool _isPlain;

    public LinkNetwork(NetworkOptions options, Seed seed)
    {
        options.Validate();
        _options = options;
        _topology = options.Topology;
        _seed = seed;
        _jitter = options.Jitter;
        _exponentialNs = _jitter.Shape == JitterShape.Exponential ? _jitter.MeanNs : 0;
        _queueNsMax = options.QueueBytesMax is { } bytes ? options.SerialisationNs(bytes) : long.MaxValue;
        _uniformNs = _topology is { IsUniform: true, Members: > 1 } ? _topology.LatencyNs(0, 0) : NoTime;
        _lagNs = options.LagNs;
        // A message is lost when its 64 bits are below these: with probability p to within 2^-64.
        _lossBits = (ulong)(options.Loss * 18446744073709551616.0);
        _lines = new Line[_topology.Members];
        MeasureLines();
        Characterise();
    }

    /// <summary>When the last bit would reach an idle receiver; negative when it never does (<see cref="CauseOf"/>).</summary>
    public long Send(int from, int to, long wireBytes, long nowNs) => SendFor(_options.SerialisationNs(wireBytes), from, to, nowNs);

    /// <summary>When the receiver's line has taken the message in, given when its last bit would reach an idle one.</summary>
    public long Receive(int from, int to, long wireBytes, long arrivalNs) => ReceiveFor(_options.SerialisationNs(wireBytes), from, to, arrivalNs);

    /// <summary><see cref="Send"/> of a message that occupies a line for so long.</summary>
    internal long SendFor(long lineNs, int from, int to, long nowNs)
    {
        long latencyNs = _uniformNs >= 0 && from != to ? _uniformNs : _topology.LatencyBetweenNs(from, to);
        if (latencyNs < 0)
        {
            throw new InvalidOperationException($"member {from} has no link to {to}");
        }

        if (_multiples is not null)
        {
            lineNs = Multiple(lineNs, _multiples[from].Out);
        }

        ref Line line = ref _lines[from];
        long doneNs = Math.Max(nowNs, line.EgressFreeNs) + lineNs;
        if (doneNs - nowNs > _queueNsMax)
        {
            return -(long)DropCause.Overflow;
        }

        line.EgressFreeNs = doneNs;
        long soonestNs = doneNs + latencyNs + _lagNs;
        if (!_isRandom)
        {
            return soonestNs;
        }

        var link = new Seed(_seed.Draw(((ulong)(uint)from << 32) | (uint)to));
        ulong number = line.Sent++;
        bool isLost = link.Draw(2 * number) < _lossBits;
        ulong jitterBits = link.Draw((2 * number) + 1);
        long jitterNs = _exponentialNs > 0 ? double.ConvertToIntegerNative<long>(_exponentialNs * StandardExponential.Of(jitterBits)) : _jitter.Of(jitterBits);
        if (!_isPlain)
        {
            return SendWithCharacter(from, to, soonestNs, jitterNs, isLost, link.At((long)number));
        }

        return isLost ? -(long)DropCause.Loss : soonestNs + jitterNs;
    }

    /// <summary>What was just sent becomes longer by so many wire bytes, given when it would have arrived: when it arrives now.</summary>
    public long Extend(int from, long wireBytes, long arrivalNs) => ExtendFor(from, _options.SerialisationNs(wireBytes), arrivalNs);

    internal long ExtendFor(int from, long lineNs, long arrivalNs)
    {
        lineNs = _multiples is null ? lineNs : Multiple(lineNs, _multiples[from].Out);
        _lines[from].EgressFreeNs += lineNs;
        return arrivalNs + lineNs;
    }

    internal long ReceiveFor(long lineNs, int from, int to, long arrivalNs)
    {
        if (_multiples is not null)
        {
            return ReceiveUnlike(lineNs, from, to, arrivalNs);
        }

        ref long freeNs = ref _lines[to].IngressFreeNs;
        return freeNs = Math.Max(arrivalNs, freeNs + lineNs);
    }

    /// <summary>Where the state of a member's line inwards lies.</summary>
    internal ref readonly long LineOf(int member) => ref _lines[member].IngressFreeNs;

    /// <summary>A member's two lines: when each is free, and how many messages were drawn for.</summary>
    private struct Line
    {
        public long EgressFreeNs;
        public long IngressFreeNs;
        public uint Sent;
    }

    /// <summary>Why <see cref="Send"/> gave no time of arrival.</summary>
    public static DropCause CauseOf(long arrivalNs) => arrivalNs >= 0 ? DropCause.None : (DropCause)(-arrivalNs);
}
