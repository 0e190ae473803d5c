using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Tests.Raft.Hosting;

/// <summary>One server, step by step: what it writes, what it says when, and what it makes of its records.</summary>
public sealed class RaftServerTests
{
    private readonly Disk _disk = new();

    [Theory]
    [InlineData(RaftMutant.None, true)]
    [InlineData(RaftMutant.ForgetVote, false)]
    public void AVoteOutlivesACrash(object mutant, bool isRefused)
    {
        var server = new Member(Server((RaftMutant)mutant));
        server.Step(new ProcessInput { Kind = InputKind.Start }, _disk);
        server.Step(Vote(candidate: 1), _disk);
        _disk.Sent[^1].IsRejected.ShouldBeFalse();

        var again = new Member(Server((RaftMutant)mutant));
        Recover(again, _disk.Records);
        again.Step(Vote(candidate: 2), _disk);
        _disk.Sent[^1].IsRejected.ShouldBe(isRefused);
    }

    [Fact]
    public void AServerWhoseDurableRecordsAreDamagedTakesNoPart()
    {
        var server = new Member(Server());
        server.Step(new ProcessInput { Kind = InputKind.Start }, _disk);
        for (int term = 2; term < 6; term++)
        {
            server.Step(Vote(candidate: 1, term), _disk);
        }

        _disk.Records.Count.ShouldBe(4);
        for (int damaged = 0; damaged < 3; damaged++)
        {
            byte[][] records = [.. _disk.Records.Select(record => record.ToArray())];
            records[damaged][^1] ^= 4;
            var again = new Member(Server());
            Recover(again, records);
            again.Server.Problem!.ShouldContain("damaged");
            again.Server.Core.ShouldBeNull();
            int sent = _disk.Sent.Count;
            again.Step(Vote(candidate: 1, 9), _disk);
            _disk.Sent.Count.ShouldBe(sent);
        }

        // The last may have been cut by the crash: what it said was never promised.
        var cut = new Member(Server());
        Recover(cut, [.. _disk.Records.SkipLast(1), _disk.Records[^1][..7]]);
        cut.Server.Problem.ShouldBeNull();
        cut.Server.Core!.Term.ShouldBe(4);
    }

    [Fact]
    public void NoiseNeitherStopsNorMovesAServer()
    {
        var server = new Member(Server());
        server.Step(new ProcessInput { Kind = InputKind.Start }, _disk);
        HardState before = server.Server.Core!.State;
        RandomStream random = new Seed(8).Named("noise").Stream();
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = new byte[random.Below(30)];
            for (int j = 0; j < noise.Length; j++)
            {
                noise[j] = (byte)random.Below(256);
            }

            if (noise.Length > 0)
            {
                // Kinds that nobody has.
                noise[0] = (byte)(noise[0] % 3 == 0 ? 0 : 100 + (noise[0] % 100));
            }

            server.Step(new ProcessInput { Kind = InputKind.Message, Peer = 1 + random.Below(4), Head = noise }, _disk);
        }

        server.Server.Core!.State.ShouldBe(before);
        server.Server.MalformedCount.ShouldBeGreaterThan(1000);
    }

    private static RaftServer Server(RaftMutant mutant = RaftMutant.None) => new(new RaftGroup
    {
        Options = new RaftOptions { ElectionTicks = 10, HeartbeatTicks = 1, Mutant = mutant },
        Founding = new Configuration { Voters = IdSet.Of([1, 2, 3]) },
        Machine = () => new KeyValueMachine(),
    }, 0);

    private static ProcessInput Vote(int candidate, long term = 2)
    {
        byte[] room = new byte[64];
        int length = RaftWire.Write(room, new RaftMessage { Kind = MessageKind.Vote, Term = term, Index = 5, LogTerm = 1 });
        return new ProcessInput { Kind = InputKind.Message, Peer = candidate, Head = room.AsSpan(0, length) };
    }

    private static void Recover(Member member, IReadOnlyList<byte[]> records)
    {
        var nowhere = new Disk();
        for (int i = 0; i < records.Count; i++)
        {
            member.Step(new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i] }, nowhere);
        }

        member.Step(new ProcessInput { Kind = InputKind.Recovery, Number = -1 }, nowhere);
    }

    private sealed class Member(RaftServer server)
    {
        private readonly StepRunner _runner = new();
        private RandomStream _random = new Seed(1).Stream();
        private ServerProcess _process = new() { Server = server };

        public RaftServer Server => server;

        public void Step(in ProcessInput input, Disk disk) => _runner.Step(ref _process, 0, input, new ClockReading(0, 0), ref _random, ref disk);
    }

    private struct ServerProcess : IProcess
    {
        public static int TimerCount => RaftServer.TimerCount;

        public RaftServer Server { get; init; }

        public readonly void On(in ProcessInput input, ref Turn turn) => Server.On(input, ref turn);
    }

    private sealed class Disk : IOutputSink
    {
        private RaftEntry[] _room = [];

        public List<byte[]> Records { get; } = [];

        public List<RaftMessage> Sent { get; } = [];

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
            RaftWire.TryRead(head.ToArray(), ref _room, out RaftMessage message).ShouldBeTrue();
            Sent.Add(message);
        }

        public void Persist(ReadOnlySpan<byte> record) => Records.Add(record.ToArray());

        public void SetTimer(int timer, long delayNs)
        {
        }

        public void CancelTimer(int timer)
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
