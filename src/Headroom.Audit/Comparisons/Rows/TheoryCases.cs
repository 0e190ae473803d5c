namespace Headroom.Audit.Comparisons.Rows;

/// <summary>What theory says of a metric; infinite where a case has no end or nobody can state it.</summary>
public readonly record struct TheoryCases(double BestCase, double Average, double WorstCase);
