namespace Headroom.Evidence.Samples;

/// <summary>A sample file is not what was expected: which, and why, in a sentence.</summary>
public sealed class SampleException(string path, string problem) : Exception($"{path}: {problem}")
{
    public string Path { get; } = path;

    public string Problem { get; } = problem;
}
