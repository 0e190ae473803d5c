using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Strategies;

namespace Headroom.Dissemination.Protocols;

/// <summary>An entry of the registry: how the strategy is written, how a call becomes one, and an example to try by default.</summary>
public sealed record BroadcastProtocol(StrategyForm Form, Func<StrategyCall, BroadcastStrategy> Create, params BroadcastStrategy[] Usual)
{
    public string Name => Form.Name;

    /// <summary>One of its strategies: the first usual one, or that of the defaults (the least argument where there is none).</summary>
    public BroadcastStrategy Example => Usual.Length > 0 ? Usual[0] : Create(new StrategyCall(Form, [.. Form.Parameters.Select(p => p.Default ?? p.Min)]));
}
