using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Strategies;

namespace Headroom.Dissemination.Protocols;

/// <summary>An entry of the registry: how the strategy is written, how a call becomes one, and an example to try by default.</summary>
public sealed record BroadcastProtocol(StrategyForm Form, Func<StrategyCall, BroadcastStrategy> Create, params BroadcastStrategy[] Usual)
{
    public string Name => Form.Name;
}
