using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>
/// The state of the lines in one run. The randomness of a message is drawn from the stream of its own link at the sender's message count, so
/// that no link's draws depend on another's and a million links need no storage.
/// </summary>
internal sealed class LinkNetwork
{
    public const long Lost = -1;

    private readonly NetworkOptions _options;
    private readonly Seed _seed;
    private readonly bool _isRandom;
    private readonly long[] _egressFreeNs;
    private readonly long[] _ingressFreeNs;
    private readonly long[] _sent;

    public LinkNetwork(NetworkOptions options, Seed seed)
    {
        options.Validate();
        _options = options;
        _seed = seed;
        _isRandom = options.Loss > 0 || options.Jitter.MeanNs > 0;
        int members = options.Topology.Members;
        _egressFreeNs = new long[members];
        _ingressFreeNs = new long[members];
        _sent = new long[members];
    }

    /// <summary>When the last bit would reach an idle receiver, or <see cref="Lost"/>.</summary>
    public long Send(int from, int to, long wireBytes, long nowNs)
    {
        long latencyNs = _options.Topology.LatencyBetweenNs(from, to);
        if (latencyNs < 0)
        {
            throw new InvalidOperationException($"member {from} has no link to {to}");
        }

        long doneNs = Math.Max(nowNs, _egressFreeNs[from]) + _options.SerialisationNs(wireBytes);
        _egressFreeNs[from] = doneNs;
        if (!_isRandom)
        {
            return doneNs + latencyNs;
        }

        RandomStream random = _seed.At(((long)from << 32) | (uint)to).At(_sent[from]++).Stream();
        long jitterNs = _options.Jitter.Draw(ref random);
        return _options.Loss > 0 && random.Bernoulli(_options.Loss) ? Lost : doneNs + latencyNs + jitterNs;
    }

    /// <summary>When the receiver's line has taken the message in, given when its last bit would reach an idle one.</summary>
    public long Receive(int to, long wireBytes, long arrivalNs)
    {
        long doneNs = Math.Max(arrivalNs, _ingressFreeNs[to] + _options.SerialisationNs(wireBytes));
        _ingressFreeNs[to] = doneNs;
        return doneNs;
    }
}
