namespace Headroom.Audit.Reading;

/// <summary>What a reader needs beside the node: where relative paths start, and a list of every file that was named.</summary>
public sealed class ReadingContext(string directory)
{
    private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);

    public string Directory { get; } = directory;

    /// <summary>Full paths of the files that the input names; outputs may not overwrite them.</summary>
    public IReadOnlyCollection<string> Inputs => _inputs;

    public void AddInput(string fullPath) => _inputs.Add(fullPath);
}
