using System.Text;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Tests.Hosting;

/// <summary>What befalls members, written as plans and read off the inputs that they get. Member 0 is asked at 0, 100, 200, … ns and sends the number to 1.</summary>
public class MemberFaultTests
{
    [Fact]
    public void ACrashWithMemoryLosesWhatArrivesAndKeepsTheRest() =>
        // Asked at 100 and 200 while down; its timer of 150 waits until it is back.
        Members(1, "at 80 ns crash 0 with memory; at 250 ns restart 0", requests: 4, SetTimerAtFirst(150))
            .ShouldBe(["0 0 Request 0", "250 0 Timer 0", "300 0 Request 3"]);

    [Fact]
    public void ACrashWithoutMemoryForgetsItsTimers() =>
        Members(1, "at 80 ns crash 0; at 250 ns restart 0", requests: 4, SetTimerAtFirst(150))
            .ShouldBe(["0 0 Request 0", "250 0 Recovery -1", "300 0 Request 3"]);

    [Fact]
    public void APauseKeepsEverythingAndItsOrder() =>
        Members(1, "at 80 ns pause 0 for 180 ns", requests: 4, SetTimerAtFirst(150))
            .ShouldBe(["0 0 Request 0", "260 0 Request 1", "260 0 Timer 0", "260 0 Request 2", "300 0 Request 3"]);

    [Fact]
    public void ACrashInAPauseLosesWhatWaited() =>
        Members(1, "at 80 ns pause 0; at 180 ns crash 0; at 250 ns restart 0; at 260 ns resume 0", requests: 4)
            .ShouldBe(["0 0 Request 0", "250 0 Recovery -1", "300 0 Request 3"]);

    [Fact]
    public void ASlowMemberTakesItsTimeForEachInput() =>
        // 150 ns each for what comes every 100: the queue grows until it is quick again at 360.
        Members(1, "at 0 ns slow 0 by 150 ns; at 360 ns slow 0 by 0 ns", requests: 5)
            .ShouldBe(["150 0 Request 0", "300 0 Request 1", "450 0 Request 2", "450 0 Request 3", "450 0 Request 4"]);

    [Fact]
    public void WhatASlowMemberWasBusyWithEndsWithItsLife() =>
        // Busy until 150 with what came at 0; crashed and back at 60, it is free: what comes at 100 takes until 250.
        Members(1, "at 0 ns slow 0 by 150 ns; at 50 ns crash 0; at 60 ns restart 0", requests: 2)
            .ShouldBe(["60 0 Recovery -1", "250 0 Request 1"]);

    [Fact]
    public void AMemberThatJoinsStartsThenAndOneThatLeavesForgetsItsRecords()
    {
        static void Script(int member, in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Start)
            {
                turn.SetTimer(0, 10);
            }
            else if (input.Kind == InputKind.Request)
            {
                turn.Persist(Encoding.ASCII.GetBytes($"record of {input.Number}"));
            }
        }

        // Not there until 50, gone from 150 to 250: a new life each time, and no recovery. It crashes in that life and recovers what it then wrote.
        Members(1, "at 50 ns join 0; at 150 ns leave 0; at 250 ns join 0; at 350 ns crash 0; at 360 ns restart 0", requests: 4, Script).ShouldBe(
            ["60 0 Timer 0", "100 0 Request 1", "100 0 Durable 1", "260 0 Timer 0", "300 0 Request 3", "300 0 Durable 1", "360 0 Recovery 0 record of 3", "360 0 Recovery -1"]);
    }

    [Theory]
    [InlineData("crash 0", "")]
    [InlineData("crash 0 torn at 0 %", "")]
    [InlineData("crash 0 torn at 50 %", "abcd|ef")]
    [InlineData("crash 0 torn at 10 %", "a")]
    [InlineData("crash 0 torn at 70 %", "abcd|efgh")]
    public void ATornCrashKeepsAShareOfTheBytesThatWereUnderWay(string crash, string kept)
    {
        static void Script(int member, in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Persist("abcd"u8);
                turn.Persist("efgh"u8);
                turn.Persist("ijkl"u8);
            }
        }

        var options = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(1, 10) },
            Seed = new Seed(1),
            DurabilityNs = 1000,
            Faults = FaultPlan.Parse($"at 80 ns {crash}; at 250 ns restart 0", 1),
        };
        string[] records = [.. Scripted.Run(options, Script, [(0, 0)], default(NoObserver), out _).Where(line => line.Contains("Recovery")).SkipLast(1)];
        string.Join('|', records.Select(line => line.Split(' ')[^1])).ShouldBe(kept);
    }

    [Theory]
    [InlineData("crash 1")]
    [InlineData("crash 1 with memory")]
    [InlineData("leave 1")]
    public void TheSenderToADeadPeerIsToldOnceAfterATime(string fault) =>
        // Messages to 1 arrive at 10, 110, 210: the first two find it dead. The notice of 110 comes at 610; until then no second one is under way.
        Members(2, $"at 0 ns {fault}", requests: 2, SendToOne, noticeNs: 500).Where(line => line.Contains("Link"))
            .ShouldBe(["510 0 LinkDown 1"]);

    [Fact]
    public void WithoutNoticesNobodyIsToldOfTheDead() =>
        Members(2, "at 0 ns crash 1", requests: 2, SendToOne).ShouldBe(["0 0 Request 0", "100 0 Request 1"]);

    [Fact]
    public void NothingPassesInTheDirectionThatIsCut() =>
        // Both send to each other every 100 ns; 0 -> 1 is cut from 100 to 300 ns.
        Members(2, "from 100 ns to 300 ns cut 0 -> 1", requests: 8, SendToOther, spacingNs: 50).Where(line => line.Contains("Message"))
            .ShouldBe(["10 1 Message 0", "60 0 Message 1", "160 0 Message 1", "260 0 Message 1", "310 1 Message 0", "360 0 Message 1"]);

    [Fact]
    public void APartitionPassesWithinItsSidesAndToThoseInNone()
    {
        static void ToAll(int member, in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Request)
            {
                for (int peer = 0; peer < 4; peer++)
                {
                    if (peer != member)
                    {
                        turn.Send(peer, "x"u8);
                    }
                }
            }
        }

        List<string> log = Members(4, "at 50 ns partition {0,1} | {2}; at 250 ns heal", requests: 4, ToAll);
        log.Where(line => line.StartsWith("110 ")).ShouldBe(["110 1 Message 0 x", "110 3 Message 0 x"]);
        log.Where(line => line.StartsWith("310 ")).ShouldBe(["310 1 Message 0 x", "310 2 Message 0 x", "310 3 Message 0 x"]);
    }

    [Fact]
    public void FaultyLossTakesItsShareOnlyWhileItLasts()
    {
        List<string> log = Members(2, "from 100 us to 900 us loss 25 %", requests: 10_000, SendToOne);
        int[] received = [.. log.Where(line => line.Contains("Message")).Select(line => (int.Parse(line.Split(' ')[0]) - 10) / 100)];
        int within = received.Count(at => at is >= 1_000 and < 9_000);
        (received.Length - within).ShouldBe(2_000);
        // Four standard deviations of 8,000 coins.
        within.ShouldBeInRange(6_000 - 155, 6_000 + 155);
    }

    [Theory]
    [InlineData(100, 999_900_010)] // a fast clock shows a second after 1/(1.0001) s: 999,900,009.999 ns
    [InlineData(-100, 1_000_100_011)]
    [InlineData(0, 1_000_000_000)]
    public void DriftMakesTimersEarlyOrLateByExactlyItsShare(int ppm, long firesAtNs)
    {
        // From the options; the host's own time is the true one.
        var options = new SimulationOptions { Network = Network(1), Seed = new Seed(1), ClockOffsetsNs = [7], ClockDriftsPpm = [ppm] };
        var planned = new SimulationOptions { Network = Network(1), Seed = new Seed(1), Faults = FaultPlan.Parse($"at 0 s clock 0 +7 ns drift {ppm} ppm", 1) };
        foreach (SimulationOptions given in new[] { options, planned })
        {
            var log = new List<string>();
            var host = new SimulationHost<RecorderProcess, NoObserver>(given, member => new RecorderProcess(member, log, SetTimerAtFirst(1_000_000_000)), default);
            host.Request(0, 0, 0);
            host.Run();
            log.ShouldBe(["7 0 Request 0", "1000000007 0 Timer 0"]);
            host.NowNs.ShouldBe(firesAtNs);
        }
    }

    [Fact]
    public void AClockMayLeapAndDriftChangeOnTheWay() =>
        // At 1000 true it shows 1000 + 1000/2 = 1500; leaps to 2000 and runs true again: asked at 1100 it shows 2100.
        Members(1, "at 0 ns clock 0 drift 500000 ppm; at 1000 ns clock 0 +500 ns drift 0 ppm", requests: 12).ShouldContain("2100 0 Request 11");

    [Fact]
    public void ALyingSenderDropsAltersAndFabricates()
    {
        var options = new SimulationOptions { Network = Network(3), Seed = new Seed(1), Byzantine = [new ByzantineMember(0, new Liar())] };
        List<string> log = Scripted.Run(options, SendToOne, Enumerable.Range(0, 3).Select(i => (i * 100L, 0)), default(NoObserver), out _);
        // The first is dropped, the second passes, the third is altered and a fourth made up for another.
        log.Where(line => line.Contains("Message")).ShouldBe(["110 1 Message 0 x", "210 1 Message 0 X", "210 2 Message 0 made up"]);
    }

    [Fact]
    public void TheCoreIsUpConnectedAndLosslessOnceHealed()
    {
        var options = new SimulationOptions
        {
            Network = Network(4) with { Loss = 0.9 },
            Seed = new Seed(3),
            Faults = FaultPlan.Parse("at 0 s loss 50 %; at 0 s crash 1; at 0 s slow 0 by 1 us; at 1 ns pause 2; at 0 s partition {0} | {1,2,3}; at 5 us heal core {0,1}", 4),
        };
        options.Faults.HealedAtNs.ShouldBe(5_000);
        options.Faults.Core.ShouldBe([0, 1]);
        List<string> log = Scripted.Run(options, SendToOther, Enumerable.Range(0, 200).Select(i => (i * 100L, i % 2)), default(NoObserver), out _);
        log.Count(line => line.Contains(" 1 Message 0")).ShouldBe(96); // what it took in at 1, 2, 3 and 4 us was cut off; what waited then and all that came later arrive
        log.Count(line => line.Contains(" 0 Message 1")).ShouldBe(75); // asked from 5,100 to 19,900
    }

    private sealed class Liar : IByzantineSender
    {
        private int _copies;

        public void Send(in ByzantineTurn turn)
        {
            switch (_copies++)
            {
                case 0:
                    break;
                case 1:
                    turn.Pass();
                    break;
                default:
                    turn.Send(turn.To, [(byte)(turn.Head[0] - 32)], turn.Body);
                    turn.Send(2, "made up"u8);
                    break;
            }
        }
    }

    private static RecorderProcess.Script SetTimerAtFirst(long delayNs) => (int member, in ProcessInput input, ref Turn turn) =>
    {
        if (input.Kind == InputKind.Request && input.Number == 0)
        {
            turn.SetTimer(0, delayNs);
        }
    };

    private static void SendToOne(int member, in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Request)
        {
            turn.Send(1, "x"u8);
        }
    }

    /// <summary>Requests go to 0 and 1 in turn.</summary>
    private static void SendToOther(int member, in ProcessInput input, ref Turn turn)
    {
        if (input.Kind == InputKind.Request)
        {
            turn.Send(1 - member, default(ReadOnlySpan<byte>));
        }
    }

    private static void Idle(int member, in ProcessInput input, ref Turn turn)
    {
    }

    private static NetworkOptions Network(int members) => new() { Topology = Topology.Complete(members, 10) };

    private static List<string> Members(int members, string plan, int requests, RecorderProcess.Script? script = null, long? noticeNs = null, long spacingNs = 100)
    {
        var options = new SimulationOptions { Network = Network(members), Seed = new Seed(1), Faults = FaultPlan.Parse(plan, members), DeadPeerNoticeNs = noticeNs };
        bool isInTurn = script?.Method.Name == nameof(SendToOther);
        return Scripted.Run(options, script ?? Idle, Enumerable.Range(0, requests).Select(i => (i * spacingNs, isInTurn ? i % 2 : 0)), default(NoObserver), out _);
    }
}
