namespace Headroom.Audit.Reading;

/// <summary>The input's fault: where, what is wrong and what would be right, in one sentence each. Shells print it and exit with 2.</summary>
public sealed class InputException(Mark mark, string problem) : Exception($"{mark}: {problem}")
{
    public Mark Mark { get; } = mark;

    public string Problem { get; } = problem;
}
