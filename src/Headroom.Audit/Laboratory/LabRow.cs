using Headroom.Kernel.Findings;

namespace Headroom.Audit.Laboratory;

/// <summary>One metric of one protocol: over sockets, in the simulator where that says anything of it, and what no protocol is below.</summary>
public sealed record LabRow(string Metric, string Unit, Estimate Executed, Estimate? Simulated, Limit? Floor, int Findings)
{
    /// <summary>The two intervals meet; where neither varied, the values are equal. Null where nothing was simulated.</summary>
    public bool? Agrees => Simulated is null ? null : Executed.Low <= Simulated.High && Simulated.Low <= Executed.High;

    public Verdict Verdict => Floor is null ? Verdict.None : Gap.Judge(Executed, Floor.Value, Kernel.Bounds.Side.Floor, Findings);

    /// <summary>Executed over floor; null where no floor above nothing speaks.</summary>
    public double? RatioToFloor => Floor?.Value.Number is { } floor && floor > 0 && double.IsFinite(Executed.Value) ? Executed.Value / floor : null;
}
