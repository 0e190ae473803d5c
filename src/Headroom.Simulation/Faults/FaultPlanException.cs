namespace Headroom.Simulation.Faults;

/// <summary>A written fault plan that cannot be read: where (line and column count from 1), and what would be right.</summary>
public sealed class FaultPlanException(int line, int column, string problem) : Exception($"{line}:{column}: {problem}")
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Problem { get; } = problem;
}
