namespace Headroom.Simulation.Networks;

/// <summary>Members whose lines are unlike the others': what a message takes on each, as a multiple of what it takes on a usual one.</summary>
public sealed partial class LinkNetwork
{
    private (double Out, double In)[]? _multiples;

    private void MeasureLines()
    {
        if (_options.Lines is not { Count: > 0 } lines)
        {
            return;
        }

        _multiples = new (double, double)[_topology.Members];
        Array.Fill(_multiples, (1, 1));
        foreach (MemberLine line in lines)
        {
            _multiples[line.Member] = (_options.BandwidthBps / line.OutBps, _options.BandwidthBps / line.InBps);
        }
    }

    private static long Multiple(long lineNs, double times) => times == 1 ? lineNs : (long)Math.Ceiling(lineNs * times);

    /// <summary>The receiver takes in bits while they arrive: from when the first came, which is the sender's time on the line before the last, and never faster than its own line.</summary>
    private long ReceiveUnlike(long lineNs, int from, int to, long arrivalNs)
    {
        long firstNs = arrivalNs - Multiple(lineNs, _multiples![from].Out);
        ref long freeNs = ref _lines[to].IngressFreeNs;
        return freeNs = Math.Max(arrivalNs, Math.Max(firstNs, freeNs) + Multiple(lineNs, _multiples[to].In));
    }
}
