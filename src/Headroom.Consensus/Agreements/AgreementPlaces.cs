using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Agreements;

/// <summary>Where servers and clients are: regions with a minimum latency between any two, and within each.</summary>
public sealed record AgreementPlaces
{
    /// <summary>Names of the regions.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Minimum one-way latency from the row's region to the column's; the diagonal is that between two members of one region.</summary>
    public required long[,] LatenciesNs { get; init; }

    /// <summary>The region of each server.</summary>
    public required IReadOnlyList<int> Servers { get; init; }

    /// <summary>The region of each client.</summary>
    public required IReadOnlyList<int> Clients { get; init; }

    /// <summary>The longest round trip between any two regions that somebody is in.</summary>
    public long RoundTripNsMax
    {
        get
        {
            int[] used = [.. Servers.Concat(Clients).Distinct()];
            return used.SelectMany(from => used.Select(to => LatenciesNs[from, to] + LatenciesNs[to, from])).Max();
        }
    }

    /// <summary>All at one place, with the same latency between any two.</summary>
    public static AgreementPlaces Uniform(int servers, int clients, long latencyNs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(latencyNs);
        return new AgreementPlaces { Regions = ["all"], LatenciesNs = new[,] { { latencyNs } }, Servers = new int[servers], Clients = new int[clients] };
    }

    /// <summary>The members of a group: servers, then so many registrars, who are where the first server is, then clients.</summary>
    public Topology Topology(int registrars) => Simulation.Networks.Topology.Regions([.. Members(registrars)], LatenciesNs);

    /// <summary>The region of each member of a group with so many registrars.</summary>
    public IEnumerable<int> Members(int registrars) => [.. Servers, .. Enumerable.Repeat(Servers[0], registrars), .. Clients];

    /// <exception cref="ArgumentException">Regions that do not fit the matrix, or a member in none of them.</exception>
    public void Validate()
    {
        int regions = Regions.Count;
        if (regions == 0 || LatenciesNs.GetLength(0) != regions || LatenciesNs.GetLength(1) != regions)
        {
            throw new ArgumentException($"{regions} regions and latencies of {LatenciesNs.GetLength(0)} by {LatenciesNs.GetLength(1)}: a square matrix of the regions is expected", nameof(LatenciesNs));
        }

        ArgumentOutOfRangeException.ThrowIfZero(Servers.Count, nameof(Servers));
        ArgumentOutOfRangeException.ThrowIfZero(Clients.Count, nameof(Clients));
        if (Servers.Concat(Clients).Any(region => (uint)region >= (uint)regions))
        {
            throw new ArgumentException($"regions are numbered from 0 to {regions - 1}", nameof(Servers));
        }
    }
}
