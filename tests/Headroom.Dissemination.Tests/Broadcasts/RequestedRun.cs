using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>A broadcast to be made: when, counted from the end of settling, and by whom.</summary>
internal readonly record struct BroadcastRequest(long TimeNs, int Member);

/// <summary>What a run of many broadcasts did; broadcasts are numbered from 1 in the order of the requests.</summary>
internal sealed class RunLog(int members, int broadcasts)
{
    /// <summary>What each member delivered, in order.</summary>
    public List<int>[] Deliveries { get; } = [.. Enumerable.Range(0, members).Select(_ => new List<int>())];

    /// <summary>When each member first delivered each broadcast, from the end of settling; long.MaxValue for never.</summary>
    public long[,] TimesNs { get; } = new long[broadcasts + 1, members];

    /// <summary>Wire bytes sent in each second, counted from the end of settling.</summary>
    public List<long> BytesBySecond { get; } = [];

    public long Copies { get; set; }

    public long Messages { get; set; }

    public int Delivered => Deliveries.Sum(list => list.Count);

    public long Bytes => BytesBySecond.Sum();

    public List<int> Of(int member) => Deliveries[member];
}

/// <summary>Runs many broadcasts on the simulator and logs them.</summary>
internal sealed class RequestedRun(BroadcastSetting setting, BroadcastRequest[] requests, FaultPlan faults, long settlingNs, long untilNs) : IProcessHost<RunLog>
{
    /// <summary>The faults are given in true time, settling included.</summary>
    public static RunLog Of(BroadcastStrategy strategy, BroadcastSetting setting, BroadcastRequest[] requests, FaultPlan? faults = null)
    {
        long settlingNs = strategy.SettlingNs(setting);
        // Several watches: what is held back waits for later broadcasts too.
        long untilNs = strategy.WatchNs(setting) is { } watched ? settlingNs + requests[^1].TimeNs + (3 * watched) + 2_000_000_000 : long.MaxValue;
        return strategy.Family(setting).On(new RequestedRun(setting, requests, faults ?? FaultPlan.None, settlingNs, untilNs));
    }

    public RunLog Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        var log = new RunLog(setting.Members, requests.Length);
        for (int i = 0; i < log.TimesNs.Length; i++)
        {
            log.TimesNs[i / setting.Members, i % setting.Members] = long.MaxValue;
        }

        var options = new SimulationOptions { Network = setting.EffectiveNetwork, Seed = new Seed(3), Faults = faults };
        var host = new SimulationHost<TProcess, Recorder>(options, create, new Recorder(log, settlingNs));
        for (int i = 0; i < requests.Length; i++)
        {
            host.Request(settlingNs + requests[i].TimeNs, requests[i].Member, 1000 + i, body: host.Bodies.AddBlank(setting.PayloadBytes));
        }

        host.Run(untilNs);
        return log;
    }

    private readonly struct Recorder(RunLog log, long settlingNs) : IObserver
    {
        public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
        {
            if (nowNs < settlingNs)
            {
                return;
            }

            int second = (int)((nowNs - settlingNs) / 1_000_000_000);
            while (log.BytesBySecond.Count <= second)
            {
                log.BytesBySecond.Add(0);
            }

            log.BytesBySecond[second] += wireBytes;
            log.Copies += body == 0 ? 0 : 1;
            log.Messages++;
        }

        public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Delivered(int member, int body, long nowNs)
        {
            log.Deliveries[member].Add(body);
            log.TimesNs[body, member] = Math.Min(log.TimesNs[body, member], nowNs - settlingNs);
        }

        public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }

        public void Struck(in Fault fault)
        {
        }
    }
}
