using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Tests.Hosting;

public class SimulationHostTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void AMessageAloneTakesSerialisationOnceAndLatency()
    {
        // 952 + 2 (frame) + 46 bytes at 8 Mbit/s occupy a line for 1 ms; the receiver takes in while bits arrive.
        Run(Network(2, latencyNs: 40_000_000, bandwidthBps: 8e6), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Send(1, new byte[952]);
            }
        });
        _log[1].ShouldStartWith("41000000 1 Message 0");
    }

    [Fact]
    public void CopiesLeaveOneAfterTheOtherAndAreTakenInOneAfterTheOther()
    {
        Run(Network(4, latencyNs: 10, bandwidthBps: 8e9, PacketFormat.Bare), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                int message = turn.Compose(new byte[99]);
                turn.Send(1, message);
                turn.Send(2, message);
                turn.Send(3, message);
            }
            else if (input.Kind == InputKind.Message && member != 0)
            {
                turn.Send(0, new byte[99]);
            }
        });
        // Sent at 0, 100 and 200, there at 110, 210, 310; the answers 110 later, spaced already.
        Times("Message").ShouldBe([110, 210, 220, 310, 320, 420]);

        _log.Clear();
        Run(Network(4, latencyNs: 10, bandwidthBps: 8e9, PacketFormat.Bare), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Start && member != 0)
            {
                turn.Send(0, new byte[99]);
            }
        });
        // All three bits streams arrive together: the receiver's line takes 100 ns for each.
        Times("Message").ShouldBe([110, 210, 310]);
    }

    [Fact]
    public void ATimerSetAgainFiresOnceAndACancelledOneNever()
    {
        Run(Network(1, 0), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Start)
            {
                turn.SetTimer(0, 100);
                turn.SetTimer(0, 30);
                turn.SetTimer(1, 50);
            }
            else if (input.Kind == InputKind.Timer && input.Number == 0)
            {
                turn.CancelTimer(1);
            }
        });
        _log.ShouldBe(["0 0 Request 0", "30 0 Timer 0"]);
    }

    [Fact]
    public void WhatFollowsAPersistWaitsForItUnlessUrgent()
    {
        Run(Network(2, latencyNs: 5), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Send(1, "before"u8);
                turn.Persist("vote"u8);
                turn.Send(1, "after"u8);
                turn.Send(1, turn.Compose("urgent"u8), urgent: true);
            }
        }, durabilityNs: 100);
        _log.ShouldBe(["0 0 Request 0", "5 1 Message 0 before", "5 1 Message 0 urgent", "100 0 Durable 1", "105 1 Message 0 after"]);
    }

    [Fact]
    public void ACrashLosesWhatIsNotDurableAndRecoveryTellsTheRest()
    {
        var faults = new FaultPlan([new Fault(150, FaultKind.Crash, 0), new Fault(200, FaultKind.Restart, 0)]);
        Run(Network(2, latencyNs: 5), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Persist("first"u8);
                turn.SetTimer(0, 120);
                turn.SetTimer(1, 180);
            }
            else if (input.Kind == InputKind.Timer)
            {
                turn.Persist("second"u8);
                turn.Send(1, "reveals second"u8);
            }
        }, durabilityNs: 100, faults: faults);
        _log.ShouldBe(["0 0 Request 0", "100 0 Durable 1", "120 0 Timer 0", "200 0 Recovery 0 first", "200 0 Recovery -1"]);
    }

    [Fact]
    public void ADownLinkPassesNothingAndBothEndsAreTold()
    {
        var faults = new FaultPlan([new Fault(0, FaultKind.LinkDown, 0, 1), new Fault(50, FaultKind.LinkUp, 1, 0)]);
        Run(Network(2, latencyNs: 5), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (member == 0 && input.Kind is InputKind.Request or InputKind.LinkUp)
            {
                turn.Send(1 - member, "x"u8);
            }
        }, faults: faults);
        _log.ShouldBe(["0 0 LinkDown 1", "0 1 LinkDown 0", "0 0 Request 0", "50 1 LinkUp 0", "50 0 LinkUp 1", "55 1 Message 0 x"]);
    }

    [Fact]
    public void ClocksShowTheirOffset()
    {
        Run(Network(1, 0), (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.SetTimer(0, 10);
            }
        }, clockOffsetsNs: [-3]);
        _log.ShouldBe(["-3 0 Request 0", "7 0 Timer 0"]);
    }

    [Fact]
    public void AddingAMemberDoesNotReshuffleTheDrawsOfTheOthers()
    {
        List<ulong> Draws(int members)
        {
            var draws = new List<ulong>();
            Run(Network(members, 0), (int member, in ProcessInput input, ref Turn turn) =>
            {
                if (input.Kind == InputKind.Start)
                {
                    draws.Add(turn.Random.NextUInt64());
                }
            });
            return draws;
        }

        Draws(5)[..3].ShouldBe(Draws(3));
    }

    [Fact]
    public void LossTakesItsShare()
    {
        int received = 0;
        Run(Network(2, 0) with { Loss = 0.3 }, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                for (int i = 0; i < 10_000; i++)
                {
                    turn.Send(1, default(ReadOnlySpan<byte>));
                }
            }
            else if (input.Kind == InputKind.Message)
            {
                received++;
            }
        });
        // Four standard deviations of a binomial: 4 sqrt(10,000 * 0.21) = 183.
        received.ShouldBeInRange(7000 - 183, 7000 + 183);
    }

    private static NetworkOptions Network(int members, long latencyNs, double bandwidthBps = double.PositiveInfinity, PacketFormat? packets = null) => new()
    {
        Topology = Topology.Complete(members, latencyNs),
        BandwidthBps = bandwidthBps,
        Packets = packets ?? PacketFormat.UdpOverEthernet,
    };

    private long[] Times(string kind) => [.. _log.Where(l => l.Contains(kind)).Select(l => long.Parse(l.Split(' ')[0]))];

    private void Run(NetworkOptions network, RecorderProcess.Script script, long durabilityNs = 0, FaultPlan? faults = null, long[]? clockOffsetsNs = null)
    {
        var options = new SimulationOptions
        {
            Network = network,
            Seed = new Seed(1),
            DurabilityNs = durabilityNs,
            Faults = faults ?? FaultPlan.None,
            ClockOffsetsNs = clockOffsetsNs,
        };
        var host = new SimulationHost<RecorderProcess, NoObserver>(options, member => new RecorderProcess(member, _log, script), default);
        host.Request(0, 0, 0);
        host.Run();
    }
}
