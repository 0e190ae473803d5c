using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Elections;

/// <summary>How long a group is without a leader when its leader crashes: trials of <see cref="ElectionSetting"/>.</summary>
public static class ElectionTimes
{
    /// <summary>Milliseconds from the crash to the next leader, ascending; trials that found none in the time allowed are left out.</summary>
    public static double[] Run(ElectionSetting setting, int trials, Seed seed, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        double[] times = [.. Replications.Run(trials, i => Trial(setting, seed.At(i), load: null)?.ElectedMs, threads, cancellation).OfType<double>()];
        Array.Sort(times);
        return times;
    }

    /// <summary>One crash, a function of setting and seed; null where no leader was known to all in the time allowed.</summary>
    /// <param name="setting">The group.</param>
    /// <param name="seed">Of this crash.</param>
    /// <param name="load">Counts what each link carries for the election, where it is given.</param>
    public static ElectionTrial? Trial(ElectionSetting setting, Seed seed, LinkLoadObserver? load = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        long tickNs = (long)(setting.TickMs * 1e6);
        int ticks = (int)Math.Round(setting.TimeoutMsMin / setting.TickMs);
        var witness = new FirstElection();
        var group = new RaftGroup
        {
            Options = new RaftOptions
            {
                ElectionTicks = ticks,
                ElectionSpreadTicks = 1 + (int)Math.Round((setting.TimeoutMsMax - setting.TimeoutMsMin) / setting.TickMs),
                HeartbeatTicks = Math.Max(1, ticks / 2),
                // The servers that were measured did as the paper's figure 2 says.
                PreVote = false,
                CheckQuorum = false,
                TermResetsTimeout = setting.TermResetsTimeout,
            },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, setting.Servers)) },
            Machine = () => new KeyValueMachine(),
            TickNs = tickNs,
            Witness = witness,
        };
        RandomStream random = seed.Named("trial").Stream();
        int[] lengths = [.. Enumerable.Range(1, setting.Servers)];
        random.Shuffle(lengths.AsSpan(1));
        double crashMs = random.NextDouble() * setting.TimeoutMsMin / 2;
        var options = new SimulationOptions
        {
            Network = setting.Network ?? new NetworkOptions
            {
                Topology = Topology.Complete(setting.Servers, (long)(setting.LatencyMsMin * 1e6)),
                Jitter = setting.JitterMsMean > 0 ? new Jitter(JitterShape.Exponential, (long)(setting.JitterMsMean * 1e6)) : Jitter.None,
            },
            Seed = seed.Named("run"),
            DurabilityNs = (long)(setting.DurabilityMs * 1e6),
        };
        if (!setting.HasDifferentLogs)
        {
            Array.Fill(lengths, 1);
        }

        var host = new SimulationHost<GroupMember, ElectionWatch>(options, member => Create(group, member, lengths[member]), new ElectionWatch(setting.Servers, load));
        const long StepNs = 20_000_000;
        for (long untilNs = StepNs; (witness.AtNs is null || host.Observer.KnownNs is null) && untilNs < setting.SecondsMax * 1e9; untilNs += StepNs)
        {
            host.Run(untilNs);
        }

        ElectionWatch watch = host.Observer;
        return witness.AtNs is { } atNs && watch.KnownNs is { } knownNs
            ? new ElectionTrial((watch.AskedNs / 1e6) - crashMs, (atNs / 1e6) - crashMs, (knownNs / 1e6) - crashMs, watch.Messages, watch.WireBytes)
            : null;
    }

    private static GroupMember Create(RaftGroup group, int member, int length)
    {
        if (member == 0)
        {
            return new GroupMember(new LastHeartbeats(group.Founding.Voters.Count));
        }

        RaftEntry[] entries = [.. Enumerable.Range(1, length).Select(index => new RaftEntry(1, index, EntryKind.Command, default))];
        var initial = new Restored(new HardState(1, 1, 1), new RaftSnapshot(0, 0, group.Founding, default), entries) { AfterCrash = false };
        return new GroupMember(new RaftServer(group, member) { Initial = initial });
    }

    /// <summary>The leader of term 1, of which nothing is left but its last heartbeats.</summary>
    private sealed class LastHeartbeats(int servers) : IGroupRole
    {
        public void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind != InputKind.Start)
            {
                return;
            }

            Span<byte> room = stackalloc byte[64];
            int heartbeat = turn.Compose(room[..RaftWire.Write(room, new RaftMessage { Kind = MessageKind.Heartbeat, Term = 1, Round = 1 })]);
            for (int server = 1; server < servers; server++)
            {
                turn.Send(server, heartbeat);
            }
        }
    }

    private sealed class FirstElection : RaftWitness
    {
        public long? AtNs { get; private set; }

        public override void Elected(int member, RaftCore core, long nowNs) => AtNs ??= nowNs;
    }
}
