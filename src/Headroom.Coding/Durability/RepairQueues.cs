using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Coding.Durability;

/// <summary>
/// The queueing model of what <see cref="RepairContention"/> runs as processes, to hold that against: each message waits at one station after another (the line of its node, the uplinks of domains, the
/// rebuilder's line), first come first served; requests wait as messages do, and take no time of their own. Written without the simulator's hosts and lines, of which it shares the queue of events alone.
/// </summary>
public sealed class RepairQueues
{

    private const int JobsMax = 3000;
    private const int JobsOfNodeLeast = 4;

    /// <summary>Shards that a node rebuilds at a time: two keep its line busy while the next is asked for.</summary>
    private const int Window = 2;

    private readonly StorageSystem _system;
    private readonly CodeShape _code;
    private readonly QuaternaryHeap _queue = new();
    private readonly double[][] _freeAt;
    private readonly double[] _rates;
    private readonly int[] _levelOfStage;
    private readonly Queue<int>[] _jobsOf;
    private readonly int[] _missing;
    private readonly int[] _up;
    private readonly double _messageBytes;
    private readonly Dictionary<int, (int From, int To, int Job, bool IsAsk, double OverlapSeconds)> _messages = [];
    private RandomStream _random;
    private long _sequence;
    private double _doneAt;
    private int _sent;

    private RepairQueues(StorageSystem system, CodeShape code, int failures, Seed seed)
    {
        (_system, _code, _random) = (system, code, seed.Named("repair contention").Stream());
        int[] all = [.. Enumerable.Range(0, system.Nodes)];
        _random.Shuffle<int>(all);
        _up = all[failures..];
        double nodeBytes = system.DataBytes * code.Overhead / system.Nodes;
        int rebuilders = Math.Max(1, (int)Math.Round(Math.Min(system.Rebuilders(code), _up.Length)));
        int jobs = (int)Math.Clamp(Math.Ceiling(nodeBytes / system.ShardBytes), 1, Math.Max(JobsMax / failures, JobsOfNodeLeast * rebuilders));
        jobs = Math.Max(rebuilders, jobs / rebuilders * rebuilders);
        _messageBytes = nodeBytes / jobs * code.RepairSent / code.Helpers;
        _missing = new int[jobs * failures];
        _jobsOf = [.. Enumerable.Range(0, system.Nodes).Select(_ => new Queue<int>())];
        for (int lost = 0; lost < failures; lost++)
        {
            _random.Shuffle<int>(_up);
            for (int i = 0; i < jobs; i++)
            {
                int job = (lost * jobs) + i;
                _missing[job] = code.Helpers;
                _jobsOf[_up[i % rebuilders]].Enqueue(job);
            }
        }

        // Stages: out of the node, out of its domains from the smallest, into the rebuilder's domains from the largest, into the node.
        int[] limited = [.. Enumerable.Range(0, system.Domains.Count).Where(level => double.IsFinite(system.Domains[level].UplinkBytesPerSecond))];
        _levelOfStage = [-1, .. limited.Reverse(), .. limited, -1];
        _rates = [.. _levelOfStage.Select(level => level < 0 ? system.BandwidthBytesPerSecond : system.Domains[level].UplinkBytesPerSecond)];
        _freeAt = [.. _levelOfStage.Select(level => new double[level < 0 ? system.Nodes : system.Domains[level].Count])];
    }

    /// <summary>Seconds until the last shard is whole.</summary>
    public static double Seconds(StorageSystem system, CodeShape code, int failures, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(failures + code.Helpers, system.Nodes);
        return new RepairQueues(system, code, failures, seed).Run();
    }

    private double Run()
    {
        foreach (int node in _up.ToArray())
        {
            for (int i = 0; i < Window; i++)
            {
                Start(node, 0);
            }
        }

        while (_queue.TryDequeue(long.MaxValue, out SimulationEvent item))
        {
            Pass(item.TimeNs / 1e9, item.Target, item.Argument);
        }

        return _doneAt;
    }

    private void Start(int rebuilder, double now)
    {
        if (!_jobsOf[rebuilder].TryDequeue(out int job))
        {
            return;
        }

        for (int i = 0; i < _code.Helpers; i++)
        {
            // The helpers come first of a partial shuffle; the rebuilder is none of them.
            int other = i + _random.Below(_up.Length - i);
            (_up[i], _up[other]) = (_up[other], _up[i]);
            if (_up[i] == rebuilder)
            {
                int spare = i + 1 + _random.Below(_up.Length - i - 1);
                (_up[i], _up[spare]) = (_up[spare], _up[i]);
            }

            int message = _sent++;
            _messages[message] = (rebuilder, _up[i], job, true, 0);
            Schedule(now, message, 0);
        }
    }

    private void Schedule(double at, int message, int stage) => _queue.Enqueue(new SimulationEvent((long)Math.Round(at * 1e9), _sequence++, 0, message, stage));

    /// <summary>A message arrives at a stage: it waits for those before it, takes its time, and goes on.</summary>
    private void Pass(double now, int message, int stage)
    {
        (int from, int to, int job, bool isAsk, double overlap) = _messages[message];
        if (stage == _levelOfStage.Length)
        {
            if (isAsk)
            {
                _messages[message] = (to, from, job, false, 0);
                Schedule(now, message, 0);
                return;
            }

            _messages.Remove(message);
            if (--_missing[job] == 0)
            {
                _doneAt = Math.Max(_doneAt, now);
                Start(to, now);
            }

            return;
        }

        int level = _levelOfStage[stage];
        int node = stage < (_levelOfStage.Length / 2) ? from : to;
        int block = level < 0 ? 1 : _system.Nodes / _system.Domains[level].Count;
        if (level >= 0 && from / block == to / block)
        {
            Schedule(now, message, stage + 1);
            return;
        }

        // The first line inwards takes in what the last line outwards sends while it is sent.
        double seconds = isAsk ? 0 : _messageBytes / _rates[stage];
        bool isOut = stage < _levelOfStage.Length / 2;
        double done = Math.Max(now, Math.Max(isOut ? now : now - overlap, _freeAt[stage][node / block]) + seconds);
        _messages[message] = (from, to, job, isAsk, isOut ? seconds : 0);
        _freeAt[stage][node / block] = done;
        Schedule(done, message, stage + 1);
    }
}
