namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>The first problems in words and how many there were in all.</summary>
internal sealed class ProblemList
{
    private const int Kept = 8;
    private readonly List<string> _first = [];

    public long Count { get; private set; }

    public void Add(string problem)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add(problem);
        }
    }

    public IReadOnlyList<string> Or(bool nothing, string then) =>
        Count > _first.Count ? [.. _first, $"and {Count - _first.Count} more of the kind"]
        : nothing && Count == 0 ? [then]
        : _first;
}
