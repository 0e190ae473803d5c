using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.NodePrograms;

/// <summary>One measured number of a node program and what a theorem says beside it; no limit where none speaks of it at all.</summary>
public sealed record ProgramRow(string Metric, string Meaning, double Measured, Unit Unit, Bound? Bound, BoundValue? Limit)
{
    public Verdict Verdict => Limit is null ? Verdict.None : Gap.Judge(Estimate.Exact(Measured, Provenance.Executed("this machine")), Limit, Bound!.Side);

    public double? Headroom => Limit is null ? null : Gap.Headroom(Measured, Limit, Bound!.Side);
}
