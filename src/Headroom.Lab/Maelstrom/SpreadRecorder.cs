using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Maelstrom;

/// <summary>Follows payloads by what the router carries.</summary>
internal sealed class SpreadRecorder(OfferedTopology topology)
{
    /// <summary>Payload-node pairs that are followed, a byte each.</summary>
    private const long CellsMax = 64_000_000;

    private readonly int[] _eccentricities = topology.Eccentricities();
    private readonly bool[] _linked = Linked(topology);
    private readonly List<Way> _ways = [];
    private long _copies;
    private long _offTopology;
    private long _throughServices;
    private int _perMessageMax;

    /// <summary>A payload is about to be handed to its origin.</summary>
    public void Issued(int payload, int origin, long nowNs)
    {
        if (payload != _ways.Count || (long)(_ways.Count + 1) * topology.Nodes > CellsMax)
        {
            return;
        }

        var way = new Way(origin, nowNs, new bool[topology.Nodes]);
        _ways.Add(way);
        way.Arrive(origin, nowNs);
    }

    public void Sent(WireMessage message)
    {
        int payloads = message.Payloads.Length;
        _copies += payloads;
        _perMessageMax = Math.Max(_perMessageMax, payloads);
        if (message.From.Kind == AddressKind.Node && message.To.Kind == AddressKind.Node)
        {
            _offTopology += _linked[(message.From.Index * topology.Nodes) + message.To.Index] ? 0 : 1;
        }
        else if (payloads > 0)
        {
            _throughServices++;
        }
    }

    public void Received(WireMessage message, long nowNs)
    {
        foreach (int payload in message.Payloads)
        {
            if (payload < _ways.Count && message.To.Kind == AddressKind.Node)
            {
                _ways[payload].Arrive(message.To.Index, nowNs);
            }
        }
    }

    public SpreadMeasure Measure(int payloads, Func<int, int> membersThatShowed)
    {
        bool strayed = _offTopology > 0 || _throughServices > 0;
        int shown = 0;
        long members = 0;
        for (int payload = 0; payload < payloads; payload++)
        {
            int reached = membersThatShowed(payload);
            shown += reached > 0 ? 1 : 0;
            members += reached;
        }

        int Hops(Way way) => strayed ? Math.Min(1, _eccentricities[way.Origin]) : _eccentricities[way.Origin];
        return new SpreadMeasure
        {
            Payloads = payloads,
            PayloadsShown = shown,
            MeanMembersReached = shown == 0 ? 0 : (double)members / shown,
            Copies = _copies,
            PayloadsPerMessageMax = _perMessageMax,
            OffTopology = _offTopology,
            ThroughServices = _throughServices,
            Timings = [.. _ways.Select(way => new PayloadTiming(Hops(way), way.LatencyMs))],
        };
    }

    private static bool[] Linked(OfferedTopology topology)
    {
        var linked = new bool[topology.Nodes * topology.Nodes];
        for (int node = 0; node < topology.Nodes; node++)
        {
            foreach (int neighbour in topology.Neighbours(node))
            {
                linked[(node * topology.Nodes) + neighbour] = true;
            }
        }

        return linked;
    }

    private sealed class Way(int origin, long issuedNs, bool[] reached)
    {
        private int _missing = reached.Length;
        private long _lastNs;

        public int Origin => origin;

        public double? LatencyMs => _missing == 0 ? (_lastNs - issuedNs) / 1e6 : null;

        public void Arrive(int node, long nowNs)
        {
            if (!reached[node])
            {
                reached[node] = true;
                _missing--;
                _lastNs = nowNs;
            }
        }
    }
}
