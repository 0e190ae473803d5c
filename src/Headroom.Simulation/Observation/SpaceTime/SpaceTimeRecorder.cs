using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>
/// Records a small run, or with <paramref name="skipsEarlier"/> the last moments of a large one, for <see cref="SpaceTimeDiagram"/>, from a moment that is the diagram's zero. What happens
/// before counts as at it; or it is left out, messages on their way too, and of faults only what still lasts is shown.
/// </summary>
public struct SpaceTimeRecorder(long startNs, bool skipsEarlier = false) : IObserver
{
    private int _messages;

    public SpaceTimeLog Log { get; } = new();

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes)
    {
        _messages = (_messages + 1) & int.MaxValue;
        return _messages;
    }

    public readonly void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        if (!IsSkipped(nowNs))
        {
            Log.Sent(from, to, tag, body != 0, drop, FromStart(nowNs));
        }
    }

    public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs) => Log.Ended(from, to, tag, DropCause.None, FromStart(nowNs));

    public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs) => Log.Ended(from, to, tag, cause, FromStart(nowNs));

    public readonly void Delivered(int member, int body, long nowNs)
    {
        if (!IsSkipped(nowNs))
        {
            Log.Delivered(member, FromStart(nowNs));
        }
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public readonly void Struck(in Fault fault) => Log.Struck(fault with { TimeNs = skipsEarlier ? fault.TimeNs - startNs : FromStart(fault.TimeNs) });

    private readonly bool IsSkipped(long nowNs) => skipsEarlier && nowNs < startNs;

    private readonly long FromStart(long nowNs) => Math.Max(0, nowNs - startNs);
}
