using Headroom.Audit.Systems;
using Headroom.Coding.Bounds;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>The bounds of each metric for this system, and of which codes they speak.</summary>
internal sealed class StoreLimits(StoreInput input, Prices prices, StoreOption now)
{
    /// <summary>Probability that a node is gone at an instant, were repair over as soon as its failure is noticed.</summary>
    private readonly double _gone = DurabilityModel.ShareGone(input.LeastRepairSeconds, input.System.NodeMttfSeconds, DurabilityModel.YearSeconds);

    /// <summary>The greater of what surviving and what the loss goal take.</summary>
    public Limit Stored()
    {
        int nodes = Math.Min(input.Width, input.System.Nodes);
        Limit survive = Money(Limit.Of(SingletonBound.Overhead, new BoundArguments { ["n"] = nodes, ["t"] = input.Survive }));
        if (input.YearlyLossMax is not { } loss || input.System.Domains.Count > 0)
        {
            return survive;
        }

        Limit converse = Money(Limit.Of(MdsConverse.Overhead, new BoundArguments { ["nodes"] = input.System.Nodes, ["p"] = _gone, ["loss"] = loss }));
        return converse.Value is BoundValue.Unbounded || converse.Value.Number > survive.Value.Number ? converse : survive;
    }

    public string? StoredOutside(StoreOption option) => option.Code.TotalShards <= input.Width ? null
        : $"the limit is for stripes over at most {input.Width} nodes";

    /// <summary>What any repair at the place of today's code reads.</summary>
    public Limit Reads() => ReadsFloor(now.Code);

    /// <summary>Where any k shards of the code decode: the cut-set bound at least storage, the trade-off curve above it; for copies and local codes what any repair reads.</summary>
    public static Limit ReadsFloor(ErasureCode code) => IsAboveMinimumStorage(code) ? Limit.Of(StorageRepairBound.Received, TradeOff(code))
        : IsAtMinimumStorage(code) ? Limit.Of(CutSetRepairBound.Reads, CutSet(code))
        : Limit.Of(RepairFloor.Reads, new BoundArguments());

    public string? ReadsOutside(StoreOption option) =>
        option.Code.ParityShards == 0 ? "without parity nothing is rebuilt"
        : !(IsAtMinimumStorage(now.Code) || IsAboveMinimumStorage(now.Code)) || SameShape(option) ? null
        : option.AnyDataShardsDecode ? $"another shape: its own floor is {Print.Significant(CutSetFloor(option.Code), 4)}"
        : "not any k of its shards decode, so the cut-set bound does not speak of it";

    public static string ReadsNote(StoreOption option) => option.Code is LocallyRepairableCode lrc
        ? $"a data shard reads its group of {lrc.GroupSize}, a global parity all {lrc.DataShards}"
        : option.Code is CephLocallyRepairableCode ceph ? $"a shard reads its group of {ceph.GroupSize}"
        : option.Code.ParityShards > 0 ? $"floor at its shape {Print.Significant(CutSetFloor(option.Code), 4)} (cut-set, {option.Code.TotalShards - 1} helpers)" : "";

    /// <summary>For the shape of now: with its n and k no code loses less.</summary>
    public Limit Loss() => Limit.Of(MdsConverse.Loss, Converse(now));

    public string? LossOutside(StoreOption option) => input.System.Domains.Count > 0 ? "nodes of a domain are not gone independently"
        : SameShape(option) ? null
        : $"another shape: its own floor is {Print.Significant(MdsConverse.Loss.Evaluate(Converse(option)).Number ?? 0, 2)}";

    /// <summary>The theorem counts shards; in bytes it holds for the codes tried here, which encode each offset by itself.</summary>
    public Limit SmallWrite() => Limit.Of(UpdateFloor.Writes, new BoundArguments { ["t"] = input.Survive }) with
    {
        Regime = "Bytes written per byte of a write in place within one shard, for codes whose every codeword has one byte of each shard: a byte that changes, changes t + 1 bytes. "
            + "Array codes, finer striping and logs are outside.",
    };

    public string? SmallWriteOutside(StoreOption option) => option.Code.Subshards > 1 ? "shards of several parts: a byte that changes may change parts of more shards, or fewer" : input.WriteBytes <= input.For(option.Code).ShardBytes ? null
        : "the write covers more than one shard, so whole stripes are written";

    public static double CutSetFloor(ErasureCode code) => IsAboveMinimumStorage(code)
        ? StorageRepairBound.Received.Evaluate(TradeOff(code)).Number!.Value
        : CutSetRepairBound.Reads.Evaluate(CutSet(code)).Number!.Value;

    private static bool IsAtMinimumStorage(ErasureCode code) => code.AnyDataShardsDecode && code.DataShards > 1 && code.ParityShards > 0 && !IsAboveMinimumStorage(code);

    private static bool IsAboveMinimumStorage(ErasureCode code) => code.AnyDataShardsDecode && code.DataSubshards < code.DataShards * code.Subshards;

    private static BoundArguments TradeOff(ErasureCode code) =>
        new() { ["k"] = code.DataShards, ["d"] = code.TotalShards - 1, ["stored"] = (double)code.Subshards / code.DataSubshards };

    private static BoundArguments CutSet(ErasureCode code) => new() { ["k"] = code.DataShards, ["d"] = code.TotalShards - 1 };

    private bool SameShape(StoreOption option) =>
        option.Code.TotalShards == now.Code.TotalShards && option.Code.DataShards == now.Code.DataShards && option.AnyDataShardsDecode == now.AnyDataShardsDecode
        && option.Shape.DataPerStripe == now.Shape.DataPerStripe;

    private BoundArguments Converse(StoreOption option) => new() { ["n"] = option.Code.TotalShards, ["k"] = Math.Ceiling(option.Shape.DataPerStripe), ["p"] = _gone };

    private Limit Money(Limit limit) => limit.Value.Number is { } overhead
        ? limit with { Money = StoreSearch.Cost(input, prices, overhead, 1) }
        : limit;
}
