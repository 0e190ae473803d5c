using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Protocols;

/// <summary>What is known of a way of agreeing: what a write and a read cost, what it promises, what it withstands, and who says so.</summary>
public sealed record AgreementProtocol
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public required AgreementCosts Write { get; init; }

    public required AgreementCosts Read { get; init; }

    /// <summary>Bytes of state that a server keeps, in memory and on disk.</summary>
    public required string Space { get; init; }

    public required string Consistency { get; init; }

    public required string FaultModel { get; init; }

    public required string ScaleLimit { get; init; }

    public required Citation Citation { get; init; }
}
