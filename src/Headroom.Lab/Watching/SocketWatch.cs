using System.Net;
using Headroom.Consensus.Groups;
using Headroom.Consensus.Watch;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Watching;

/// <summary>Runs a store and its watchers over real sockets on loopback: each member has a socket of its own, all of them one thread, but for those who are to be killed, who have a thread each.</summary>
public static class SocketWatch
{
    /// <summary>Until every watcher knows every change, or the time for it is over.</summary>
    /// <exception cref="LabException">This machine does not do it; the message says what and where.</exception>
    public static WatchLabRun Run(WatchLabOptions options, TimeProvider time, Action<double, string> report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(report);
        options.Validate();
        SocketBroadcast.LetSocketsSpeak();
        using var run = new Lives(options, time);
        return run.Run(report, cancellation);
    }

    private sealed class Lives : IDisposable
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

        private readonly WatchLabOptions _options;
        private readonly TimeProvider _time;
        private readonly long _origin;
        private readonly WatchGroup _group;
        private readonly GroupSeating _seating;
        private readonly Lock _gate = new();
        private readonly Queue<(long AtNs, int Member)> _kills;
        private readonly Queue<(long AtNs, int Member)> _returns = [];
        private readonly GroupHost _lasting;
        private readonly Dictionary<int, GroupHost> _mortal = [];
        private readonly Dictionary<int, int> _lives = [];
        private readonly Dictionary<int, IPEndPoint> _endpoints = [];
        private WireCounts _sentBefore;
        private bool _isOver;

        public Lives(WatchLabOptions options, TimeProvider time)
        {
            (_options, _time, _origin) = (options, time, time.GetTimestamp());
            _group = new WatchGroup(options.Watch, options.Seed, options.Watch.BookmarkNs is null ? null : () => NowNs);
            _seating = new GroupSeating(_group.Members, options.Transport, options.Seed, _origin);
            _kills = new Queue<(long AtNs, int Member)>(options.Kills);
            int[] killed = [.. _kills.Select(kill => kill.Member).Distinct()];
            _lasting = Host([.. Enumerable.Range(0, _group.Members).Except(killed)]);
            foreach (int member in killed)
            {
                _mortal[member] = Host([member]);
            }
        }

        private long NowNs => _time.GetElapsedTime(_origin).Ticks * TimeSpan.NanosecondsPerTick;

        private IEnumerable<GroupHost> Hosts => _mortal.Values.Prepend(_lasting);

        public WatchLabRun Run(Action<double, string> report, CancellationToken cancellation)
        {
            Meet([.. Hosts.SelectMany(host => host.Open())]);
            foreach (GroupHost host in Hosts)
            {
                host.Start();
            }

            long longestNs = _options.Watch.DurationNs + _options.Watch.DrainNs;
            while (!IsOver() && NowNs < longestNs && !cancellation.IsCancellationRequested)
            {
                _ = cancellation.WaitHandle.WaitOne(Look);
                foreach (GroupHost host in Hosts)
                {
                    host.Check();
                }

                KillAndRevive();
                report(Math.Min(1, (double)NowNs / _options.Watch.DurationNs), "watching");
            }

            WireCounts sent = Hosts.Aggregate(_sentBefore, (sum, host) => sum + host.Counts);
            Dispose();
            // Nothing runs any more when its result is asked for.
            return new WatchLabRun(_group.Result(), sent, cancellation.IsCancellationRequested);
        }

        public void Dispose()
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            foreach (GroupHost host in Hosts)
            {
                host.Dispose();
            }
        }

        private bool IsOver()
        {
            if (_kills.Count + _returns.Count > 0 || NowNs < _options.Watch.DurationNs)
            {
                return false;
            }

            lock (_gate)
            {
                return _group.IsComplete;
            }
        }

        private void KillAndRevive()
        {
            while (_kills.TryPeek(out (long AtNs, int Member) kill) && kill.AtNs <= NowNs)
            {
                _ = _kills.Dequeue();
                _mortal.Remove(kill.Member, out GroupHost? host);
                host!.Dispose();
                _sentBefore += host.Counts;
                _returns.Enqueue((NowNs + _options.AwayNs, kill.Member));
            }

            while (_returns.TryPeek(out (long AtNs, int Member) back) && back.AtNs <= NowNs)
            {
                _ = _returns.Dequeue();
                GroupHost host = Host([back.Member]);
                _mortal[back.Member] = host;
                Meet(host.Open());
                host.Start();
            }
        }

        private GroupHost Host(int[] members)
        {
            var seats = new List<(int, GroupMember, DurableLog?)>();
            int life = 0;
            foreach (int member in members)
            {
                life = _lives[member] = _lives.GetValueOrDefault(member, -1) + 1;
                lock (_gate)
                {
                    seats.Add((member, new GroupMember(new GuardedMember(_group.Create(member), _gate, _options.Watch.Loss, hasLived: life > 0)), null));
                }
            }

            return new GroupHost(_seating, seats, life, null, _time);
        }

        /// <summary>Everybody learns where these are, and they where everybody is.</summary>
        private void Meet(IReadOnlyList<(int Member, IPEndPoint Endpoint)> opened)
        {
            foreach ((int member, IPEndPoint endpoint) in opened)
            {
                _endpoints[member] = endpoint;
            }

            foreach (GroupHost host in Hosts)
            {
                host.Meet([.. _endpoints.Select(pair => (pair.Key, pair.Value))]);
            }
        }
    }
}
