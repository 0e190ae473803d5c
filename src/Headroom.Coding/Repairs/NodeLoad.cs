using System.Diagnostics;
using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Coding.Repairs;

/// <summary>
/// Whole nodes that were lost at once: every other node rebuilds some of their shards, each with helpers drawn at random, through the uplinks of their domains. Members are the
/// nodes, then of each domain with a bounded uplink a gateway out and a gateway in. Lengths stand for bytes: every message is measured as a million of them, with bandwidths scaled alike.
/// </summary>
internal sealed class NodeLoad : RepairLoad
{
    private const int JobsMax = 3000;
    private const int JobsOfNodeLeast = 4;
    private const int MeasuredBytes = 1_000_000;

    private readonly StorageSystem _system;
    private readonly CodeShape _code;
    private readonly int[] _up;
    private readonly int[][] _blocksOf;
    private readonly int[] _levels;
    private readonly int[] _firstGateway;
    private readonly int[] _chosen;
    private readonly double _scale;

    public static NodeLoad Of(StorageSystem system, CodeShape code, int failures, Seed seed) => new(system, code, failures, seed) { Window = 2, PartBytes = MeasuredBytes };

    private NodeLoad(StorageSystem system, CodeShape code, int failures, Seed seed)
    {
        (_system, _code) = (system, code);
        RandomStream random = seed.Named("repair contention").Stream();
        int[] all = [.. Enumerable.Range(0, system.Nodes)];
        random.Shuffle<int>(all);
        _up = all[failures..];
        _chosen = new int[_up.Length];
        double nodeBytes = system.DataBytes * code.Overhead / system.Nodes;
        int rebuilders = Math.Max(1, (int)Math.Round(Math.Min(system.Rebuilders(code), _up.Length)));
        int jobs = (int)Math.Clamp(Math.Ceiling(nodeBytes / system.ShardBytes), 1, Math.Max(JobsMax / failures, JobsOfNodeLeast * rebuilders));
        jobs = Math.Max(rebuilders, jobs / rebuilders * rebuilders);
        _scale = MeasuredBytes / (nodeBytes / jobs * code.RepairSent / code.Helpers);
        var blocksOf = new List<int>[system.Nodes];
        for (int lost = 0; lost < failures; lost++)
        {
            random.Shuffle<int>(_up);
            for (int i = 0; i < jobs; i++)
            {
                (blocksOf[_up[i % rebuilders]] ??= []).Add((lost * jobs) + i);
            }
        }

        _blocksOf = [.. blocksOf.Select(blocks => blocks?.ToArray() ?? [])];
        _levels = [.. Enumerable.Range(0, system.Domains.Count).Where(level => double.IsFinite(system.Domains[level].UplinkBytesPerSecond))];
        _firstGateway = new int[_levels.Length];
        Members = system.Nodes;
        for (int i = 0; i < _levels.Length; i++)
        {
            _firstGateway[i] = Members;
            Members += 2 * system.Domains[_levels[i]].Count;
        }
    }

    /// <summary>Nodes and gateways.</summary>
    public int Members { get; }

    public IReadOnlyList<int> Up => _up;

    public override int Helpers => _code.Helpers;

    public override bool IsBlank => true;

    public override long RebuildNs => 0;

    /// <summary>The body of every message; to be set before the run.</summary>
    public int BodyHandle { get; set; }

    public NetworkOptions Network()
    {
        var lines = new List<MemberLine>();
        for (int i = 0; i < _levels.Length; i++)
        {
            FailureDomain domain = _system.Domains[_levels[i]];
            for (int j = 0; j < domain.Count; j++)
            {
                lines.Add(new MemberLine(_firstGateway[i] + (2 * j), Scaled(domain.UplinkBytesPerSecond), double.PositiveInfinity));
                lines.Add(new MemberLine(_firstGateway[i] + (2 * j) + 1, double.PositiveInfinity, Scaled(domain.UplinkBytesPerSecond)));
            }
        }

        return new NetworkOptions
        {
            Topology = Topology.Complete(Members, 0),
            BandwidthBps = Scaled(_system.BandwidthBytesPerSecond),
            Lines = lines,
            Packets = PacketFormat.Bare,
        };
    }

    public override int Block(int newcomer, int i) => newcomer < _system.Nodes && i < _blocksOf[newcomer].Length ? _blocksOf[newcomer][i] : -1;

    public override void Choose(int newcomer, Span<int> helpers, ref RandomStream random)
    {
        _up.CopyTo(_chosen, 0);
        int self = Array.IndexOf(_chosen, newcomer);
        Debug.Assert(self >= 0, "who rebuilds is up");
        _chosen[self] = _chosen[^1];
        for (int i = 0; i < helpers.Length; i++)
        {
            int other = i + random.Below(_chosen.Length - 1 - i);
            (_chosen[i], _chosen[other]) = (_chosen[other], _chosen[i]);
            helpers[i] = _chosen[i];
        }
    }

    /// <summary>Out of the domains that hold the one and not the other, from the smallest; then into those that hold the other and not the one, from the largest.</summary>
    public override int NextHop(int at, int from, int to)
    {
        if ((uint)from >= (uint)_system.Nodes || (uint)to >= (uint)_system.Nodes || from == to)
        {
            return -1;
        }

        // Where it is on its way: gateways out by descending level, then in by ascending level.
        Span<int> way = stackalloc int[2 * _levels.Length];
        int hops = 0;
        for (int i = _levels.Length - 1; i >= 0; i--)
        {
            if (DomainOf(i, from) != DomainOf(i, to))
            {
                way[hops++] = _firstGateway[i] + (2 * DomainOf(i, from));
            }
        }

        for (int i = 0; i < _levels.Length; i++)
        {
            if (DomainOf(i, from) != DomainOf(i, to))
            {
                way[hops++] = _firstGateway[i] + (2 * DomainOf(i, to)) + 1;
            }
        }

        int place = at == from ? 0 : way[..hops].IndexOf(at) + 1;
        return at != from && place == 0 ? -1 : place == hops ? to : way[place];
    }

    public override long ReadNs(int helper) => 0;

    public override long MessageNs(int helper) => 0;

    public override int MessageBytes(int helper) => MeasuredBytes;

    public override ReadOnlyMemory<byte> Message(int block, int helper) => default;

    public override int Body(int bytes) => BodyHandle;

    public override void Rebuild(int newcomer, int block, IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
    }

    private double Scaled(double bytesPerSecond) => 8 * bytesPerSecond * _scale;

    private int DomainOf(int i, int node) => node / (_system.Nodes / _system.Domains[_levels[i]].Count);
}
