using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>One copy on its way: when it was sent, and when it was taken in or dropped where it arrived (-1: it never arrived).</summary>
internal readonly record struct SpaceTimeArrow(int From, int To, bool IsPayload, long SentNs, long EndNs, DropCause Drop);
