using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Tests.TrueTime;

/// <summary>True time always lies in the interval.</summary>
public sealed class ClockSynchronisationTests
{
    private const int Clocked = 5;

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1_000_000, 200)]
    [InlineData(20_000_000, 1000)]
    [InlineData(5_000, 0)]
    public void TrueTimeLiesInEveryInterval(long residueNs, int driftPpm)
    {
        var clocks = new ClockSynchronisation { ResidueNs = residueNs, DriftPpmMax = driftPpm, PeriodNs = 500_000_000 };
        var watch = new Watch(clocks);
        var options = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Clocked + 1, 0) },
            Seed = new Seed(1),
            ClockUncertaintyNs = residueNs,
            Faults = clocks.Plan(Clocked, Clocked + 1, 5_000_000_000, new Seed(7)),
        };
        new SimulationHost<Probe, NoObserver>(options, _ => new Probe(watch), default).Run(5_000_000_000);
        watch.Readings.ShouldBeGreaterThan(10_000);
        watch.Outside.ShouldBe(0);
        // Nor is it wider than it need be: the farthest reading uses most of it.
        watch.MostUsed.ShouldBeGreaterThan(driftPpm == 0 || residueNs > 0 ? 0.5 : 0.2);
    }

    private sealed class Watch(ClockSynchronisation clocks)
    {
        public int Readings { get; private set; }

        public int Outside { get; private set; }

        public double MostUsed { get; private set; }

        public void Look(int member, long trueNs, ClockReading reading)
        {
            ClockInterval now = clocks.Now(member, Clocked + 1, reading);
            Readings++;
            Outside += now.EarliestNs <= trueNs && trueNs <= now.LatestNs ? 0 : 1;
            MostUsed = Math.Max(MostUsed, Math.Abs(reading.LocalNs - trueNs) / (double)now.UncertaintyNs);
        }
    }

    /// <summary>The last member's clock is right; it tells all others the time, over links that take none.</summary>
    private readonly struct Probe(Watch watch) : IProcess
    {
        public static int TimerCount => 1;

        public void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Message)
            {
                watch.Look(turn.Self, BitConverter.ToInt64(input.Head), turn.Clock);
            }
            else if (turn.Self == Clocked && input.Kind is InputKind.Start or InputKind.Timer)
            {
                for (int member = 0; member < Clocked && turn.Self == Clocked; member++)
                {
                    turn.Send(member, BitConverter.GetBytes(turn.Clock.LocalNs));
                }

                turn.SetTimer(0, 1_000_003);
            }
        }
    }
}
