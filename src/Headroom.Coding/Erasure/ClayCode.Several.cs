using Headroom.Coding.Erasure.Clay;

namespace Headroom.Coding.Erasure;

public sealed partial class ClayCode
{
    /// <summary>
    /// Several lost shards one after another, each as a single one by d helpers, of which those rebuilt before it cost nothing; null where too few are there for that, or where reading k whole
    /// shards is less. With d helpers left, h shards read at most h d/(d - k + 1) of a shard each of them, less what the repairs read in common.
    /// </summary>
    private RepairPlan? PlanSeveral(int[] lost, int[] available)
    {
        var stages = new List<(int Lost, IReadOnlyList<HelpingShard> Helpers, RepairWork Work)>();
        var waiting = lost.ToList();
        int[] there = available;
        while (waiting.Count > 0)
        {
            int next = waiting.FindIndex(shard => Helpers(shard, there) is not null);
            if (next < 0)
            {
                return null;
            }

            int shard = waiting[next];
            waiting.RemoveAt(next);
            int[] helpers = Helpers(shard, there)!;
            int[] planes = _layout.DotPlanes(_layout.NodeOf(shard));
            stages.Add((shard, [.. helpers.Select(helper => new HelpingShard(helper, planes, planes.Length, true, Subshards))], new ClayWork(() => ClayRepair.Program(_layout, helpers, shard))));

            // Rebuilt shards first: they are at hand.
            there = [shard, .. there];
        }

        var work = new SuccessiveRepair(lost, stages, Subshards);
        return work.Helpers.Sum(helper => helper.Reads.Count) < DataShards * Subshards ? new RepairPlan(this, lost, work.Helpers, work) : null;
    }
}
