namespace Headroom.Lab.Storage;

/// <summary>What a disk did: flushes, bytes written, and the time of both.</summary>
public readonly record struct LogWork(long Flushes, long Bytes, TimeSpan Took)
{
    public static LogWork operator +(LogWork a, LogWork b) => new(a.Flushes + b.Flushes, a.Bytes + b.Bytes, a.Took + b.Took);

    public static LogWork operator -(LogWork a, LogWork b) => new(a.Flushes - b.Flushes, a.Bytes - b.Bytes, a.Took - b.Took);

    public double FlushesPerSecond => Took > TimeSpan.Zero ? Flushes / Took.TotalSeconds : 0;

    public double MeanBytes => Flushes > 0 ? (double)Bytes / Flushes : 0;
}
