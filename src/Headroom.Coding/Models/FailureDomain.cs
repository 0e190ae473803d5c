namespace Headroom.Coding.Models;

/// <summary>
/// One level of things that fail as a whole and take the data of all their nodes with them: hosts, racks, sites. Nodes lie in them in equal blocks, in the
/// order of their numbers; failures of one domain are exponential with the given mean and independent of everything else.
/// </summary>
public sealed record FailureDomain(string Name, int Count, double MttfSeconds)
{
    /// <summary>Bytes per second that may leave one domain for repairs, and as many that may enter; infinite where nothing limits them.</summary>
    public double UplinkBytesPerSecond { get; init; } = double.PositiveInfinity;
}
