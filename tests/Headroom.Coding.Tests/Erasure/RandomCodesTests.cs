using Headroom.Coding.Bounds;
using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Samples.Coding;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>Random parameters of every family, random losses, random helpers: what is rebuilt is what was lost, and no plan reads or sends below its bound.</summary>
public sealed class RandomCodesTests
{
    [Fact]
    public void NoCodeStoresSurvivesOrUpdatesBelowItsBound()
    {
        RandomStream random = new Seed(7).Named("codes").Stream();
        for (int trial = 0; trial < 200; trial++)
        {
            ErasureCode code = RandomCode(ref random);
            (int n, int k) = (code.TotalShards, code.DataShards);
            code.Distance.ShouldBeLessThanOrEqualTo((int)Value(SingletonBound.Distance, ("n", n), ("k", k)));
            code.Overhead.ShouldBeGreaterThanOrEqualTo(Value(SingletonBound.Overhead, ("n", n), ("t", code.FailuresSurvived)) * (1 - 1e-12));
            if (code.Subshards == 1)
            {
                code.Distance.ShouldBeLessThanOrEqualTo((int)Value(GriesmerBound.Distance, ("n", n), ("k", k), ("q", 256)));
                code.Distance.ShouldBeLessThanOrEqualTo((int)Value(PlotkinBound.Distance, ("n", n), ("k", k), ("q", 256)));
                code.Distance.ShouldBeLessThanOrEqualTo((int)Value(HammingBound.Distance, ("n", n), ("k", k), ("q", 256)));
            }

            if (code is LocallyRepairableCode lrc)
            {
                ((double)lrc.Distance).ShouldBe(Value(LocalityBound.Distance, ("n", n), ("k", k), ("r", lrc.GroupSize)), "Gopalan's bound is attained");
                code.Overhead.ShouldBeGreaterThanOrEqualTo(Value(LocalityBound.Overhead, ("k", k), ("r", lrc.GroupSize), ("t", code.FailuresSurvived)));
            }

            if (code is MinimumBandwidthCode mbr)
            {
                code.Overhead.ShouldBe(Value(StorageRepairBound.MinimumRepairOverhead, ("n", n), ("k", k), ("d", mbr.RepairHelpers)), 1e-12);
            }

            // A byte of data that changes, changes at least as many shards as the update floor says.
            Subshard place = code.Data[random.Below(code.DataSubshards)];
            int changed = code.DependentRanges(place.Shard, place.Index, 1, code.Subshards).Select(range => range.Shard).Append(place.Shard).Distinct().Count();
            changed.ShouldBeGreaterThanOrEqualTo((int)Value(UpdateFloor.Writes, ("t", code.FailuresSurvived)), code.Name);
        }
    }

    [Fact]
    public void NoRepairReadsOrSendsBelowItsBoundAndEachIsRight()
    {
        RandomStream random = new Seed(8).Named("codes").Stream();
        int plans = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            ErasureCode code = RandomCode(ref random);
            byte[] content = KernelDigest.Bytes(1 + random.Below(4 * code.DataSubshards), (ulong)trial);
            Memory<byte>[] encoded = Striping.Encode(code, content, 1 + random.Below(5));
            Striping.Join(code, encoded, content.Length).ShouldBe(content);
            int[] order = [.. Enumerable.Range(0, code.TotalShards)];
            random.Shuffle<int>(order);
            int lost = 1 + random.Below(code.ParityShards + 1);
            int available = random.Below(3) == 0 ? random.Below(order.Length - Math.Min(lost, order.Length) + 1) : order.Length - Math.Min(lost, order.Length);
            int[] gone = order[..Math.Min(lost, order.Length)];
            RepairOutcome outcome = code.PlanRepair(gone, order[^available..]);
            code.PlanRepair([.. gone.Reverse()], [.. order[^available..].Reverse()]).ShouldBeSameAs(outcome);
            if (outcome is RepairPlan plan)
            {
                plans++;
                ErasureContract.CheckPlan(plan, encoded);
                plan.Reads.ShouldBeSubsetOf(order[^available..]);
                CheckBounds(plan);
            }
            else
            {
                var cannot = (Unrecoverable)outcome;
                int[] more = [.. order[^available..], .. cannot.Suffices];
                code.PlanRepair([.. gone.Except(cannot.Suffices)], more).ShouldBeOfType<RepairPlan>();
                more.Distinct().Count().ShouldBe(more.Length);
            }
        }

        plans.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void TheSampleGivesTheContentBack()
    {
        byte[] content = KernelDigest.Bytes(12_345, 1);
        RepairSample.EncodeLoseRepair(content).ShouldBe(content);
    }

    /// <summary>A lone loss at minimum storage: cut-set. In general for codes of which any k shards decode and whose d helpers send alike: the trade-off with storage.</summary>
    private static void CheckBounds(RepairPlan plan)
    {
        ErasureCode code = plan.Code;
        plan.SentPerLostByte.ShouldBeLessThanOrEqualTo(plan.ReadsPerLostByte + 1e-12);
        if (plan.Lost.Count > 1 || code.ParityShards == 0 || (code is CephLocallyRepairableCode ceph && ceph.GroupSize == ceph.DataShards + ceph.GlobalParities))
        {
            return; // A parity that is always zero is rebuilt from nothing; repairs of several shards have no bound here but what they hold.
        }

        double tolerance = 1 - 1e-12;
        plan.SentPerLostByte.ShouldBeGreaterThanOrEqualTo(Value(RepairFloor.Reads) * tolerance);
        if (code.AnyDataShardsDecode && plan.Helpers.Select(helper => helper.Sends).Distinct().Count() == 1)
        {
            double stored = (double)code.Subshards / code.DataSubshards;
            plan.SentPerLostByte.ShouldBeGreaterThanOrEqualTo(Value(StorageRepairBound.Received, ("k", code.DataShards), ("d", plan.Helpers.Count), ("stored", stored)) * tolerance);
            if (code.DataSubshards == code.DataShards * code.Subshards)
            {
                plan.SentPerLostByte.ShouldBeGreaterThanOrEqualTo(Value(CutSetRepairBound.Reads, ("k", code.DataShards), ("d", plan.Helpers.Count)) * tolerance);
            }
        }
    }

    private static ErasureCode RandomCode(ref RandomStream random)
    {
        int groups = 1 + random.Below(4);
        int k = 1 + random.Below(7);
        int m = 2 + random.Below(3);
        return random.Below(9) switch
        {
            0 => new ReplicationCode(1 + random.Below(6)),
            1 => new ReedSolomonCode(1 + random.Below(24), random.Below(8)),
            2 => new ReedSolomonCode(k, m, ReedSolomonMatrix.Vandermonde),
            3 => new ReedSolomonCode(k, 1 + random.Below(3), ReedSolomonMatrix.IsaVandermonde),
            4 => new LocallyRepairableCode(groups * (1 + random.Below(6)), groups, random.Below(4)),
            8 => new WideReedSolomonCode(k, m),
            5 => RandomCeph(1 + random.Below(3), 1 + random.Below(3), 1 + random.Below(2)),
            6 => new ClayCode(k, m, k + 1 + random.Below(m - 1)),
            _ => new MinimumBandwidthCode(k, m, k + random.Below(m)),
        };
    }

    private static CephLocallyRepairableCode RandomCeph(int groups, int data, int parities) => new(groups * data, groups * parities, data + parities);

    private static double Value(Bound bound, params (string Name, double Value)[] arguments)
    {
        var given = new BoundArguments();
        foreach ((string name, double value) in arguments)
        {
            given[name] = value;
        }

        return bound.Evaluate(given).Number!.Value;
    }
}
