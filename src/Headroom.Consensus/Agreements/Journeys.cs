namespace Headroom.Consensus.Agreements;

/// <summary>How long messages go in a setting without jitter: seconds from each client's request to its answer, on average over clients by their operations.</summary>
internal sealed class Journeys(AgreementSetting setting)
{
    private readonly AgreementPlaces _places = setting.Places;

    /// <summary>Whether nothing but links and disks takes time worth counting: no jitter, and a value is sent in a hundredth of the shortest latency at most.</summary>
    public bool ArePlain
    {
        get
        {
            int[] used = [.. _places.Servers.Concat(_places.Clients).Distinct()];
            long least = used.SelectMany(from => used.Select(to => _places.LatenciesNs[from, to])).Min();
            return setting.Network.Jitter.IsNone && setting.Network.SerialisationNs(setting.Network.Packets.WireBytes(setting.Load.ValueBytes)) <= least / 100;
        }
    }

    public double DiskSeconds => setting.DurabilityNs / 1e9;

    /// <summary>One way between two servers.</summary>
    public double Between(int from, int to) => from == to ? 0 : Seconds(_places.Servers[from], _places.Servers[to]);

    /// <summary>From one server to another and back.</summary>
    public double RoundTrip(int from, int to) => Between(from, to) + Between(to, from);

    /// <summary>From the client to a server, what that one does, and from another back to the client.</summary>
    public double Asked(int server, double does, int answering) => Mean(region => Seconds(region, _places.Servers[server]) + does + Seconds(_places.Servers[answering], region));

    /// <summary>A leader and the nearest others until so many servers have a record: its own write and, of each other, the way there and back and a write.</summary>
    public double Kept(int leader, int holders, double diskSeconds)
    {
        double[] each = [.. Enumerable.Range(0, setting.Servers).Select(server => RoundTrip(leader, server) + diskSeconds).Order()];
        return each[holders - 1];
    }

    /// <summary>The client asks all servers and waits for so many of them.</summary>
    public double Nearest(int quorum, double diskSeconds) =>
        Mean(region => _places.Servers.Select(server => Seconds(region, server) + diskSeconds + Seconds(server, region)).Order().ElementAt(quorum - 1));

    private double Seconds(int from, int to) => _places.LatenciesNs[from, to] / 1e9;

    private double Mean(Func<int, double> ofRegion)
    {
        double sum = 0;
        for (int client = 0; client < setting.Clients; client++)
        {
            sum += setting.OperationsOf(client) * ofRegion(_places.Clients[client]);
        }

        return sum / setting.Load.Operations;
    }
}
