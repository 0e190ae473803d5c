using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Findings;

/// <summary>What a finding counts. A floor's metric is better when lower, a ceiling's when higher.</summary>
public sealed record Metric(string Name, Unit Unit, Side Side, string Meaning);
