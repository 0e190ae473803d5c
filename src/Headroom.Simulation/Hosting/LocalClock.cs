namespace Headroom.Simulation.Hosting;

/// <summary>
/// A clock that was set right or wrong at some moment and has run fast or slow since: local = base' + floor((t - base) (1 + d)), d the drift in parts per
/// thousand million; all in whole numbers.
/// </summary>
internal struct LocalClock
{
    private const long Billion = 1_000_000_000;

    private long _baseNs;
    private long _localBaseNs;
    private long _driftPpb;

    public readonly long Read(long nowNs)
    {
        long since = nowNs - _baseNs;
        return _driftPpb == 0 ? _localBaseNs + since : _localBaseNs + (long)((Int128)since * (Billion + _driftPpb) / Billion);
    }

    /// <summary>True time until the clock shows so much more: the first nanosecond at which it does.</summary>
    public readonly long TrueDelayNs(long nowNs, long localDelayNs)
    {
        if (_driftPpb == 0)
        {
            return localDelayNs;
        }

        // The first t with floor(t (1 + d)) >= y is ceil(y / (1 + d)).
        Int128 y = (Int128)Read(nowNs) + localDelayNs - _localBaseNs;
        Int128 rate = Billion + _driftPpb;
        return (long)(((y * Billion) + rate - 1) / rate) + _baseNs - nowNs;
    }

    /// <summary>The clock leaps, and drifts from now on.</summary>
    public void Set(long nowNs, long leapNs, long driftPpb)
    {
        _localBaseNs = Read(nowNs) + leapNs;
        _baseNs = nowNs;
        _driftPpb = driftPpb;
    }
}
