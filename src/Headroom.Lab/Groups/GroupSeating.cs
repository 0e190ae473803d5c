using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>What all hosts of one run share.</summary>
/// <param name="Members">Numbers of members lie below this.</param>
/// <param name="Transport">What carries messages.</param>
/// <param name="Seed">Of the members' own streams.</param>
/// <param name="Origin">The reading of the machine's monotonic clock at which the members' clocks begin.</param>
/// <param name="Links">What links add and lose; null for nothing.</param>
internal sealed record GroupSeating(int Members, Transport Transport, Seed Seed, long Origin, GroupLinks? Links = null);
