using System.Globalization;

namespace Headroom.Lab.Maelstrom;

/// <summary>Findings about nodes: the first of each kind and node in words, the rest counted.</summary>
internal sealed class FaultLog
{
    private const int Kept = 20;
    private readonly HashSet<(int Node, FaultKind Kind)> _seen = [];
    private readonly List<NodeFault> _faults = [];

    public IReadOnlyList<NodeFault> Faults => _faults;

    public long Further { get; private set; }

    public void Add(int node, FaultKind kind, double atSeconds, string text)
    {
        if (_faults.Count < Kept && _seen.Add((node, kind)))
        {
            _faults.Add(new NodeFault(node, kind, atSeconds, text));
        }
        else
        {
            Further++;
        }
    }

    public static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
