namespace Headroom.Lab.Maelstrom;

/// <summary>A histogram of how late messages were, in steps of ten microseconds up to half a second.</summary>
internal sealed class LatenessRecorder
{
    private const long StepNs = 10_000;
    private readonly long[] _counts = new long[50_001];
    private long _messages;
    private long _maximumNs;

    public void Add(long lateNs)
    {
        _messages++;
        _maximumNs = Math.Max(_maximumNs, lateNs);
        _counts[Math.Min(_counts.Length - 1, lateNs / StepNs)]++;
    }

    public RouterLateness Summary() => new(_messages, QuantileMs(0.5), QuantileMs(0.99), _maximumNs / 1e6);

    private double QuantileMs(double q)
    {
        long rank = (long)Math.Ceiling(_messages * q);
        long seen = 0;
        for (int step = 0; step < _counts.Length; step++)
        {
            seen += _counts[step];
            if (seen >= rank && seen > 0)
            {
                return Math.Min((step + 1) * StepNs, _maximumNs) / 1e6;
            }
        }

        return 0;
    }
}
