using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Durability;

/// <summary>One history of one system, from all nodes up to the first loss or the horizon.</summary>
internal sealed class DurabilityTrial
{
    private readonly StorageSystem _system;
    private readonly RepairTimes _repair;
    private readonly bool[] _recoverable;

    /// <summary>By node: the stripes on it and the shard of each.</summary>
    private readonly List<(int Stripe, int Shard)>[] _onNode;
    private readonly int[] _lostOfStripe;
    private readonly bool[] _isDown;

    /// <summary>Nodes not yet noticed with the time of notice, first come first; then those in transfer with the seconds left.</summary>
    private readonly Queue<(int Node, double NoticedAt)> _unnoticed = new();
    private readonly List<(int Node, double SecondsLeft)> _inTransfer = [];
    private RandomStream _random;
    private int _down;

    public DurabilityTrial(StorageSystem system, RepairTimes repair, bool[] recoverable, int shards, int stripes, Seed seed)
    {
        (_system, _repair, _recoverable) = (system, repair, recoverable);
        _random = seed.Stream();
        _lostOfStripe = new int[stripes];
        _isDown = new bool[system.Nodes];
        _onNode = new List<(int, int)>[system.Nodes];
        for (int node = 0; node < system.Nodes; node++)
        {
            _onNode[node] = [];
        }

        Place(shards, stripes);
    }

    public bool LosesBefore(double horizonSeconds)
    {
        double now = 0;
        while (true)
        {
            int up = _system.Nodes - _down;
            double failure = up == 0 ? double.PositiveInfinity : now + _random.Exponential(_system.NodeMttfSeconds / up);
            double notice = _unnoticed.TryPeek(out (int Node, double NoticedAt) first) ? first.NoticedAt : double.PositiveInfinity;
            double arrival = _inTransfer.Count == 0 ? double.PositiveInfinity : now + (_inTransfer.Min(t => t.SecondsLeft) * Sharing());
            double next = Math.Min(failure, Math.Min(notice, arrival));
            if (next > horizonSeconds)
            {
                return false;
            }

            Transfer(next - now);
            now = next;
            if (next == failure)
            {
                if (Fail(now))
                {
                    return true;
                }
            }
            else if (next == notice)
            {
                Notice();
            }
            else
            {
                FinishTransfer();
            }
        }
    }

    private void Place(int shards, int stripes)
    {
        int[] nodes = [.. Enumerable.Range(0, _system.Nodes)];
        int groups = _system.Nodes / shards;
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            if (_system.Placement == Placement.Groups)
            {
                // The stripe's group, its nodes in a random order of roles.
                int first = stripe % groups * shards;
                nodes = [.. Enumerable.Range(first, shards)];
            }

            _random.Shuffle<int>(nodes);
            for (int shard = 0; shard < shards; shard++)
            {
                _onNode[nodes[shard]].Add((stripe, shard));
            }
        }
    }

    private double Sharing() => _repair.Shared ? Math.Max(1, _inTransfer.Count) : 1;

    private void Transfer(double seconds)
    {
        double each = seconds / Sharing();
        for (int i = 0; i < _inTransfer.Count; i++)
        {
            _inTransfer[i] = (_inTransfer[i].Node, Math.Max(0, _inTransfer[i].SecondsLeft - each));
        }
    }

    /// <summary>Ends the transfer with the least left, whatever rounding left of it.</summary>
    private void FinishTransfer()
    {
        (int Node, double SecondsLeft) done = _inTransfer.MinBy(t => t.SecondsLeft);
        _inTransfer.Remove(done);
        Return(done.Node);
    }

    private bool Fail(double now)
    {
        int node;
        do
        {
            node = _random.Below(_system.Nodes);
        }
        while (_isDown[node]);

        _isDown[node] = true;
        _down++;
        _unnoticed.Enqueue((node, now + _repair.DetectSeconds));
        foreach ((int stripe, int shard) in _onNode[node])
        {
            _lostOfStripe[stripe] |= 1 << shard;
            if (!_recoverable[_lostOfStripe[stripe]])
            {
                return true;
            }
        }

        return false;
    }

    private void Notice()
    {
        int node = _unnoticed.Dequeue().Node;
        if (_repair.TransferSeconds == 0)
        {
            Return(node);
        }
        else
        {
            _inTransfer.Add((node, _repair.TransferSeconds));
        }
    }

    private void Return(int node)
    {
        _isDown[node] = false;
        _down--;
        foreach ((int stripe, int shard) in _onNode[node])
        {
            _lostOfStripe[stripe] &= ~(1 << shard);
        }
    }
}
