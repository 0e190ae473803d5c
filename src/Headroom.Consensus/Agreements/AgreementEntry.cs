using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>An entry of the registry: how the strategy is written, how a call becomes one, and examples to try by default.</summary>
public sealed record AgreementEntry(StrategyForm Form, Func<StrategyCall, AgreementStrategy> Create, params AgreementStrategy[] Usual)
{
    public string Name => Form.Name;
}
