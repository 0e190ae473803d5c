namespace Headroom.Audit.Tests.Samples;

/// <summary>One figure of a page's table: where it stands, what it is of, and how it is written.</summary>
/// <param name="Line">Of the page, from 1 on.</param>
/// <param name="Activity">Of the system file.</param>
/// <param name="Strategy">A candidate's name, or <see cref="PageTables.Floor"/>.</param>
/// <param name="Metric">A metric's name; <c>$</c> for yearly money.</param>
/// <param name="Factor">The page states so many times the metric.</param>
/// <param name="Text">What the cell says.</param>
internal sealed record PageFigure(int Line, string Activity, string Strategy, string Metric, double Factor, string Text);
