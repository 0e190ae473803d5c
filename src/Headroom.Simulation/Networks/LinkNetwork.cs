using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>
/// The state of the lines in one run. The randomness of a message is drawn from the stream of its own link at the sender's message count, so
/// that no link's draws depend on another's and a million links need no storage. Jitter and independent loss are drawn first; what else links may
/// do lies behind one flag and costs nothing when it is not asked for.
/// </summary>
public sealed partial class LinkNetwork
{
    private readonly NetworkOptions _options;
    private readonly Seed _seed;
    private readonly long[] _egressFreeNs;
    private readonly long[] _ingressFreeNs;
    private readonly long[] _sent;
    private readonly long _queueNsMax;
    private bool _isRandom;
    private bool _isPlain;

    public LinkNetwork(NetworkOptions options, Seed seed)
    {
        options.Validate();
        _options = options;
        _seed = seed;
        _queueNsMax = options.QueueBytesMax is { } bytes ? options.SerialisationNs(bytes) : long.MaxValue;
        int members = options.Topology.Members;
        _egressFreeNs = new long[members];
        _ingressFreeNs = new long[members];
        _sent = new long[members];
        Characterise();
    }

    /// <summary>When the last bit would reach an idle receiver; negative when it never does (<see cref="CauseOf"/>).</summary>
    public long Send(int from, int to, long wireBytes, long nowNs)
    {
        long latencyNs = _options.Topology.LatencyBetweenNs(from, to);
        if (latencyNs < 0)
        {
            throw new InvalidOperationException($"member {from} has no link to {to}");
        }

        long doneNs = Math.Max(nowNs, _egressFreeNs[from]) + _options.SerialisationNs(wireBytes);
        if (doneNs - nowNs > _queueNsMax)
        {
            return -(long)DropCause.Overflow;
        }

        _egressFreeNs[from] = doneNs;
        long soonestNs = doneNs + latencyNs;
        if (!_isRandom)
        {
            return soonestNs;
        }

        RandomStream random = _seed.At(((long)from << 32) | (uint)to).At(_sent[from]++).Stream();
        long jitterNs = _options.Jitter.Draw(ref random);
        bool isLost = _options.Loss > 0 && random.Bernoulli(_options.Loss);
        return _isPlain
            ? isLost ? -(long)DropCause.Loss : soonestNs + jitterNs
            : SendWithCharacter(from, to, soonestNs, jitterNs, isLost, ref random);
    }

    /// <summary>Why <see cref="Send"/> gave no time of arrival.</summary>
    public static DropCause CauseOf(long arrivalNs) => arrivalNs >= 0 ? DropCause.None : (DropCause)(-arrivalNs);

    /// <summary>When the receiver's line has taken the message in, given when its last bit would reach an idle one.</summary>
    public long Receive(int to, long wireBytes, long arrivalNs)
    {
        long doneNs = Math.Max(arrivalNs, _ingressFreeNs[to] + _options.SerialisationNs(wireBytes));
        _ingressFreeNs[to] = doneNs;
        return doneNs;
    }
}
