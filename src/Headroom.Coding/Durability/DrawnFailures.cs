using Headroom.Coding.Models;

namespace Headroom.Coding.Durability;

/// <summary>Failures as a simulation draws them: nodes, and domains of each level, so many times more often than they come ([heidelberger1995]); rates per second.</summary>
internal sealed class DrawnFailures
{
    private readonly double _nodeRate;
    private readonly double _domains;
    private readonly double _domainSurplus;

    public DrawnFailures(StorageSystem system, double nodeBias, double[] domainBias)
    {
        (NodeBias, DomainBias) = (nodeBias, domainBias);
        double[] real = [.. system.Domains.Select(domain => domain.Count / domain.MttfSeconds)];
        Domains = [.. real.Zip(domainBias, (rate, bias) => rate * bias)];
        _nodeRate = 1 / system.NodeMttfSeconds;
        _domains = Domains.Sum();
        _domainSurplus = _domains - real.Sum();
    }

    public double NodeBias { get; }

    public IReadOnlyList<double> DomainBias { get; }

    /// <summary>All domains of each level together, as drawn.</summary>
    public IReadOnlyList<double> Domains { get; }

    /// <summary>Of nodes, so many being up, as drawn.</summary>
    public double Nodes(int up) => up * NodeBias * _nodeRate;

    /// <summary>Of everything, as drawn.</summary>
    public double Rate(int up) => Nodes(up) + _domains;

    /// <summary>What is drawn beyond what comes: the weight of a history grows by it exponentially.</summary>
    public double Surplus(int up) => (up * (NodeBias - 1) * _nodeRate) + _domainSurplus;
}
