using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;

namespace Headroom.Coding.Durability;

/// <summary>How long repairs take that meet at the lines of nodes and the uplinks of domains, beside the closed form, which knows only the narrowest place.</summary>
public sealed record RepairContention(int Failures, double SimulatedSeconds, double ClosedFormSeconds, long Messages)
{
    /// <summary>At least 1: how much longer than the closed form.</summary>
    public double Factor => ClosedFormSeconds > 0 ? Math.Max(1, SimulatedSeconds / ClosedFormSeconds) : 1;

    /// <summary>
    /// So many nodes are lost at once and all others rebuild them, each a few shards at a time: for each shard its helpers, at random, send their share over their own
    /// line, the uplinks of their domains and the rebuilder's line, first come first served. Shards are taken larger than they are where there are more than some
    /// thousands, which the bytes do not notice. The time is until the last shard is whole, without detection.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No failure, or more failures than leave a repair.</exception>
    public static RepairContention Simulate(StorageSystem system, CodeShape code, int failures, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(failures + code.Helpers, system.Nodes);
        var run = new RepairRun(system, code, failures, seed);
        return new RepairContention(failures, run.Seconds(), failures * RepairTimes.AloneTransferSeconds(system, code), run.Messages);
    }

    private sealed class RepairRun
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
        private readonly Dictionary<int, (int From, int To, int Job)> _messages = [];
        private RandomStream _random;
        private long _sequence;
        private double _doneAt;

        public RepairRun(StorageSystem system, CodeShape code, int failures, Seed seed)
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

        public long Messages { get; private set; }

        public double Seconds()
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

                int message = (int)Messages++;
                _messages[message] = (_up[i], rebuilder, job);
                Schedule(now, message, 0);
            }
        }

        private void Schedule(double at, int message, int stage) => _queue.Enqueue(new SimulationEvent((long)Math.Round(at * 1e9), _sequence++, 0, message, stage));

        /// <summary>A message arrives at a stage: it waits for those before it, takes its time, and goes on.</summary>
        private void Pass(double now, int message, int stage)
        {
            (int from, int to, int job) = _messages[message];
            if (stage == _levelOfStage.Length)
            {
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

            double done = Math.Max(now, _freeAt[stage][node / block]) + (_messageBytes / _rates[stage]);
            _freeAt[stage][node / block] = done;
            Schedule(done, message, stage + 1);
        }
    }
}
