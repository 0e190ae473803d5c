namespace Headroom.Evidence.Traces;

/// <summary>A trace that is not what it should be: the line (from 1; 0 for the whole file) and what is wrong, in a sentence.</summary>
public sealed class TraceFormatException(int line, string problem) : FormatException(problem)
{
    public int Line { get; } = line;
}
