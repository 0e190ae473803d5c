using Headroom.Dissemination.Batching;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Batching;

/// <summary>What waits in a member's buffer: in which order it leaves, and when it is full, or lost.</summary>
public class BatchBufferTests
{
    private const long WaitNs = 10_000_000;

    [Fact]
    public void MessagesToOnePeerKeepTheirOrder()
    {
        // A line of 1 Mbit/s brings one after the other.
        BroadcastSetting setting = Setting(members: 3) with { Network = new NetworkOptions { Topology = Topology.Complete(3, 1_000_000), BandwidthBps = 1e6 } };
        RunLog log = RequestedRun.Of(new BatchedStrategy(new TreeStrategy(2), WaitNs), setting, [.. Enumerable.Repeat(new BroadcastRequest(0, 0), 30)]);
        log.Of(1).ShouldBe(Enumerable.Range(1, 30));
        log.Of(2).ShouldBe(Enumerable.Range(1, 30));
    }

    [Fact]
    public void WhatDoesNotFitTheBufferLeavesBeforeAndNothingIsLost()
    {
        const int Count = BatchTables.WaitingMax + 500;
        BroadcastSetting setting = Setting(members: 2) with { Remembered = Count };
        RunLog log = RequestedRun.Of(new BatchedStrategy(new TreeStrategy(1), WaitNs), setting, [.. Enumerable.Repeat(new BroadcastRequest(0, 0), Count)]);
        log.Of(1).Count.ShouldBe(Count);
        // The first buffer left when it was full, the rest after its wait.
        (log.TimesNs[1, 1] < WaitNs).ShouldBeTrue();
        log.TimesNs[Count, 1].ShouldBe(WaitNs + 1_000_000);
    }

    [Fact]
    public void ACrashForgetsWhatWaited()
    {
        var tables = new BatchTables(1);
        var process = new BatchingProcess<Sender>(default, WaitNs, tables);
        RandomStream random = new Seed(1).Stream();
        var runner = new StepRunner();
        var log = new Log();
        Step(new ProcessInput { Kind = InputKind.Request });
        Step(new ProcessInput { Kind = InputKind.Recovery, Number = -1 });
        Step(new ProcessInput { Kind = InputKind.Timer, Number = 0 });
        log.Lines.ShouldBe(["timer 0"]);
        Step(new ProcessInput { Kind = InputKind.Request });
        Step(new ProcessInput { Kind = InputKind.Timer, Number = 0 });
        log.Lines.ShouldBe(["timer 0", "timer 0", "pack to 7, first", "pack to 7", "pack to 9, first"]);

        void Step(in ProcessInput input) => runner.Step(ref process, 0, input, new ClockReading(0, 0), ref random, ref log);
    }

    /// <summary>The inner process's last timer is its own, also while messages wait.</summary>
    [Fact]
    public void TimersOfTheInnerProcessRemainItsOwn()
    {
        BroadcastSetting setting = Setting(members: 8);
        BroadcastRequest[] requests = [.. Enumerable.Range(0, 5).Select(i => new BroadcastRequest(i * 3_000_000L, 0))];
        var push = new CallStrategy(Pushes: true);
        RunLog log = RequestedRun.Of(new BatchedStrategy(push, 300_000), setting, requests);
        log.Delivered.ShouldBe(8 * 5);
    }

    private static BroadcastSetting Setting(int members) => new() { Network = new NetworkOptions { Topology = Topology.Complete(members, 1_000_000) }, PayloadBytes = 20, Remembered = 50 };

    private struct Sender : IProcess
    {
        public static int TimerCount => 0;

        public readonly void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Send(7, [1]);
                turn.Send(9, [2]);
                turn.Send(7, [3]);
            }
        }
    }

    private sealed class Log : IOutputSink
    {
        public List<string> Lines { get; } = [];

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => Lines.Add($"send to {peer}");

        public void Pack(int peer, ReadOnlySpan<byte> head, int body, bool isFirst) => Lines.Add($"pack to {peer}{(isFirst ? ", first" : "")}");

        public void SetTimer(int timer, long delayNs) => Lines.Add($"timer {timer}");

        public void CancelTimer(int timer) => Lines.Add($"cancel {timer}");

        public void Persist(ReadOnlySpan<byte> record) => Lines.Add("persist");

        public void Deliver(int body) => Lines.Add("deliver");

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => Lines.Add("reply");
    }
}
