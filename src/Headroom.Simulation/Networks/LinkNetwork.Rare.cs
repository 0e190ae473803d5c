using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>What some links do: lose in bursts, duplicate, reorder, keep order; and faults that raise loss or end it.</summary>
public sealed partial class LinkNetwork
{
    public const long NoTime = -1;

    private const int RepeatsMax = 15;

    private LinkTable<byte>? _burstStates;
    private LinkTable<long>? _lastArrivalsNs;
    private double _faultLoss;
    private bool[]? _lossless;

    /// <summary>When the last message that was sent arrives a second time; <see cref="NoTime"/> when it does not. To be read when <see cref="MayDuplicate"/>.</summary>
    public long DuplicateNs { get; private set; }

    public bool MayDuplicate { get; private set; }

    /// <summary>A fault loses this share of all messages, besides what links lose; 0 ends it.</summary>
    public void SetFaultLoss(double share)
    {
        _faultLoss = share;
        Characterise();
    }

    /// <summary>From now on nothing is lost on the way between two of these members.</summary>
    public void Heal(bool[] members)
    {
        _lossless = members;
        Characterise();
    }

    private void Characterise()
    {
        bool isFaulty = _faultLoss > 0 || _lossless is not null;
        MayDuplicate = _options.Duplication > 0;
        _isPlain = !isFaulty && !_options.InOrder && _options.Bursts is null && _options.Duplication == 0 && _options.Reordering == 0 && _options.RepeatNs is null;
        // A line without randomness needs no more for order: it hands over in the order of sending.
        _isRandom = !_options.Jitter.IsNone || _options.Loss > 0 || _options.Bursts is not null || _options.Duplication > 0 || _options.Reordering > 0 || _faultLoss > 0;
    }

    private long SendWithCharacter(int from, int to, long soonestNs, long jitterNs, bool isLost, Seed seed)
    {
        RandomStream random = seed.Stream();
        DuplicateNs = NoTime;
        if (_options.Bursts is not null)
        {
            isLost |= StepBurst(from, to, ref random);
        }

        isLost |= _faultLoss > 0 && random.Bernoulli(_faultLoss);
        long arrivalNs = soonestNs + jitterNs;
        if (isLost && !(_lossless is not null && _lossless[from] && _lossless[to]))
        {
            if (_options.RepeatNs is not { } repeatNs || !TryRepeat(from, to, repeatNs, ref arrivalNs, ref random))
            {
                return -(long)DropCause.Loss;
            }
        }

        if (_options.Reordering > 0 && random.Bernoulli(_options.Reordering))
        {
            arrivalNs += _options.ReorderDelayNs;
        }

        if (_options.Duplication > 0 && random.Bernoulli(_options.Duplication))
        {
            DuplicateNs = soonestNs + _options.Jitter.Draw(ref random);
        }

        return _options.InOrder ? InOrder(from, to, arrivalNs) : arrivalNs;
    }

    /// <summary>The transport gives up after as many tries as a usual one.</summary>
    private bool TryRepeat(int from, int to, long repeatNs, ref long arrivalNs, ref RandomStream random)
    {
        for (int tries = 0; tries < RepeatsMax; tries++)
        {
            arrivalNs += repeatNs << tries;
            bool isLost = random.Bernoulli(_options.Loss);
            if (_options.Bursts is not null)
            {
                isLost |= StepBurst(from, to, ref random);
            }

            isLost |= _faultLoss > 0 && random.Bernoulli(_faultLoss);
            if (!isLost)
            {
                return true;
            }
        }

        return false;
    }

    private long InOrder(int from, int to, long arrivalNs)
    {
        // Equal times keep the order of scheduling.
        ref long lastNs = ref (_lastArrivalsNs ??= new LinkTable<long>())[from, to];
        lastNs = Math.Max(lastNs, arrivalNs);
        DuplicateNs = DuplicateNs == NoTime ? NoTime : Math.Max(DuplicateNs, lastNs);
        arrivalNs = lastNs;
        lastNs = Math.Max(lastNs, DuplicateNs);
        return arrivalNs;
    }

    /// <summary>One step of the link's chain; true when it is in its bad state.</summary>
    private bool StepBurst(int from, int to, ref RandomStream random)
    {
        const byte Good = 1;
        const byte Bad = 2;
        BurstLoss bursts = _options.Bursts!;
        ref byte state = ref (_burstStates ??= new LinkTable<byte>())[from, to];
        state = state switch
        {
            Bad => random.Bernoulli(bursts.End) ? Good : Bad,
            Good => random.Bernoulli(bursts.Onset) ? Bad : Good,
            _ => random.Bernoulli(bursts.Mean) ? Bad : Good,
        };
        return state == Bad;
    }
}
