using Headroom.Coding.Erasure;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Coding.Tests.Repairs;

public sealed class RepairProcessTests
{
    /// <summary>Two hundred thousand messages of random bytes, heads that lie among them: a node sends only to nodes, rebuilds nothing, and goes on.</summary>
    [Fact]
    public void WhatNobodyAskedForIsPassedOver()
    {
        StorageCodes.TryParse("rs(4,2)", out ErasureCode? code, out _).ShouldBeTrue();
        var options = new ShardRepairOptions { Code = code!, ShardBytes = 4096, BlockBytes = 512, BandwidthBps = 1e9, PartBytes = 100 };
        ShardLoad load = ShardLoad.Of(options, new ShardStripes(options, new Seed(1)));
        var process = new RepairProcess(load);
        var runner = new StepRunner();
        var sink = new Sink();
        RandomStream random = new Seed(2).Stream();
        runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Request, Number = 1 }, default, ref random, ref sink);
        byte[] bytes = new byte[130];
        for (int i = 0; i < 200_000; i++)
        {
            int length = random.Below(bytes.Length);
            for (int at = 0; at < length; at++)
            {
                bytes[at] = (byte)(random.Below(3) == 0 ? random.Below(256) : 0);
            }

            bytes[0] = (byte)random.Below(4);
            runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Message, Peer = 1, Head = bytes.AsSpan(0, length) }, default, ref random, ref sink);
        }

        sink.Peers.ShouldAllBe(peer => peer >= 1 && peer < 6);
        (load.RightBlocks + load.WrongBlocks).ShouldBe(0);
    }

    private readonly struct Sink : IOutputSink
    {
        public Sink() => Peers = [];

        public HashSet<int> Peers { get; }

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => Peers.Add(peer);

        public void SetTimer(int timer, long delayNs)
        {
        }

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record)
        {
        }

        public void Deliver(int body)
        {
        }

        public void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
