namespace Headroom.Simulation.Networks;

/// <summary>A member's line of its own, in bits per second each way; infinite where nothing waits.</summary>
public readonly record struct MemberLine(int Member, double OutBps, double InBps)
{
    /// <exception cref="ArgumentOutOfRangeException">No such member.</exception>
    /// <exception cref="ArgumentException">A bandwidth that is not positive, or the others' lines are infinite.</exception>
    internal void Validate(int members, double othersBps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)Member, (uint)members, nameof(Member));
        if (!(OutBps > 0 && InBps > 0))
        {
            throw new ArgumentException($"the line of member {Member} has {OutBps} bit/s out and {InBps} in; a bandwidth is positive");
        }

        if (double.IsPositiveInfinity(othersBps))
        {
            throw new ArgumentException("lines of their own need a finite bandwidth of the others, by which messages are measured", nameof(othersBps));
        }
    }
}
