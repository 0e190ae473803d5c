namespace Headroom.Evidence;

/// <summary>A file is not what its format says: where (line and column count from 1; 0 where the whole file is meant), what is wrong and what was expected.</summary>
public sealed class MalformedException(int line, int column, string problem) : Exception($"{line}:{column}: {problem}")
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Problem { get; } = problem;
}
