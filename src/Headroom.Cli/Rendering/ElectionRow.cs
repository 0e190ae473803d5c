namespace Headroom.Cli.Rendering;

/// <summary>Times to a leader for one range of election timeouts, ascending: ours, and those that were measured (perhaps none).</summary>
internal sealed record ElectionRow(string Range, double[] OursMs, double[] MeasuredMs);
