using Headroom.Dissemination.Wire;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>What reaching everybody behind the members takes: each of them needs a copy of its own, by unicast, whatever the members do among themselves.</summary>
internal static class BroadcastPopulation
{
    public static string Note(long population, BroadcastInput input, IReadOnlyList<BroadcastRuns> runs)
    {
        long behind = population - input.Setting.Members;
        long bytesEach = input.Setting.Network.Packets.WireBytes(BroadcastHead.MessageBytes(input.Setting.PayloadBytes));
        var lines = new List<string>
        {
            $"Beyond the members stand {BroadcastWords.Number(behind)} receivers, {BroadcastWords.Number((double)behind / input.Setting.Members)} a member: each takes one copy, {Bytes((double)behind * bytesEach)} in all, the same for every strategy and at the floor",
        };
        foreach (BroadcastRuns run in runs.Where(run => run.InTime.Count > 1))
        {
            var copies = Moments.Of([.. run.InTime.Select(outcome => (double)outcome.PayloadCopies)]);
            Interval interval = copies.MeanInterval(0.95);
            lines.Add($"{run.Strategy} adds {BroadcastWords.Number(copies.Mean)} copies among the members ({BroadcastWords.Number(interval.Low)} to {BroadcastWords.Number(interval.High)}), {BroadcastWords.Percent(copies.Mean / (copies.Mean + behind))} of all");
        }

        return string.Join("; ", lines) + ".";
    }

    private static string Bytes(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();
}
