using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Studies.Send;

/// <summary>The findings that rest on CPU time measured on this machine.</summary>
internal static class SendCosts
{
    private static readonly double SecondsPerYear = Unit.Year.Scale;

    public static IEnumerable<Finding> Of(SendInput input, SendMeasured[] ran, SendReference reference, StudyContext context)
    {
        Candidate[] cpu = [.. ran.Select(m => Cpu(input, m))];
        Candidate now = cpu.Single(c => c.Strategy == input.Now.ToString());
        yield return context.Compose(SendStudy.Cpu, false, now, cpu, null, new Advice(
            "CPU decides between codecs only where the money of both is added up: see cost.",
            "Levels above these trade CPU steeply for a few percent of the bytes.",
            "Thread CPU time on this machine, medians; other machines differ by their clock and their library."));
        if (context.Prices.ServerPerYear is not { } server || SendFindings.EgressPerYear(input, context, 1) is null)
        {
            yield break;
        }

        Candidate[] cost = [.. ran.Zip(cpu, (m, c) => Cost(input, m, c, server, context))];
        (string name, double least) = reference.Least(input.MustBeIndependent);
        double dollars = SendFindings.EgressPerYear(input, context, least)!.Value;
        Limit limit = Limit.Reference("information.reference-cost", "egress at the reference, with CPU for nothing", dollars, Kernel.Bounds.Side.Floor,
            $"dollars per year for the bytes of {name}, no CPU counted: no theorem", Provenance.Computed(name), Money.Of(("egress", dollars)));
        yield return context.Compose(SendStudy.Cost, false, cost.Single(c => c.Strategy == now.Strategy), cost, limit, new Advice(
            "Egress and CPU added up: the cheapest strategy that meets the goals.",
            "A byte saved costs CPU at both ends; which weighs more turns with the two prices.",
            $"CPU of both ends is charged at a share of one of {input.Cores} core{(input.Cores == 1 ? "" : "s")} of a server; measured on this machine."));
    }

    private static Candidate Cpu(SendInput input, SendMeasured measured)
    {
        Information.Codecs.CodecTime time = measured.Time!;
        Provenance executed = Provenance.Executed($"thread CPU time, median of {time.Passes} passes over {input.Measured.Bytes.Length} bytes, {measured.Size!.Library}");
        Estimate estimate = Estimate.Between(1e9 * time.TotalMedian, new Interval(1e9 * time.TotalMin, 1e9 * time.TotalMax), time.Passes, executed);
        var missed = new List<string>(SendFindings.MissedGoals(input, measured));
        if (input.CpuSecondsPerByteMax is { } most && time.TotalMedian > most)
        {
            missed.Add($"cpu: {Print.Significant(1e9 * time.TotalMedian, 3)} s/GB is above {Print.Significant(1e9 * most, 3)} s/GB");
        }

        return new Candidate(measured.Strategy.ToString(), estimate)
        {
            MissedGoals = missed,
            Note = $"{Print.Significant(1e9 * time.CompressMedian, 3)} s/GB to compress, {Print.Significant(1e9 * time.DecompressMedian, 3)} s/GB to decompress",
        };
    }

    private static Candidate Cost(SendInput input, SendMeasured measured, Candidate cpu, double serverPerYear, StudyContext context)
    {
        double egress = SendFindings.EgressPerYear(input, context, SendFindings.BytesPerByte(input, measured))!.Value;
        double bytesPerYear = input.BytesPerDay!.Value * 365.25;
        double dollarsPerCpu = bytesPerYear / 1e9 * serverPerYear / SecondsPerYear / input.Cores;
        Estimate total = cpu.Value.Scaled(dollarsPerCpu, egress, Provenance.Derived("egress and CPU", cpu.Value.Provenance, Provenance.Stated("prices and volume")) with { Kind = ProvenanceKind.Executed });
        return cpu with
        {
            Value = total,
            Money = Money.Of(("egress", egress), ("server", cpu.Value.Value * dollarsPerCpu)),
            Note = $"{Print.Significant(cpu.Value.Value * dollarsPerCpu, 3)} $ a year of it CPU",
        };
    }
}
