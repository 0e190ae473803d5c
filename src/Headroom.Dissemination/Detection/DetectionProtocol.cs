using Headroom.Kernel.Strategies;

namespace Headroom.Dissemination.Detection;

/// <summary>An entry of the registry: how the strategy is written, how a call becomes one, and examples to try by default.</summary>
public sealed record DetectionProtocol(StrategyForm Form, Func<StrategyCall, DetectionStrategy> Create, params DetectionStrategy[] Usual);
