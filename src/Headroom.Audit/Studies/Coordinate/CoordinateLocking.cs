using Headroom.Consensus.Agreements;
using Headroom.Consensus.Locks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Locks that clients take from the members.</summary>
/// <param name="Setting">Members as servers, and clients.</param>
/// <param name="Load">What clients want.</param>
/// <param name="Ways">Today's first.</param>
public sealed record CoordinateLocking(AgreementSetting Setting, LockLoad Load, IReadOnlyList<AgreementStrategy> Ways);
