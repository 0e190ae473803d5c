using Headroom.Consensus.Groups;
using Headroom.Consensus.Quorum;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Tests.Quorum;

public sealed class RegisterRecoveryTests
{
    [Fact]
    public void ATornRecordIsPassedOverAndAMissingOneSilencesTheServer()
    {
        byte[] first = Record(0, 11);
        byte[] second = Record(1, 12);
        byte[] third = Record(2, 13);
        (RegisterServer server, int answers) = Recovered(first, second[..^1], Record(1, 14));
        (server.IsDamaged, server[0].Content, answers).ShouldBe((false, 14, 1));
        (server, answers) = Recovered(first, second[..^1]);
        (server.IsDamaged, server[0].Content, answers).ShouldBe((false, 11, 1));
        second[6] ^= 1;
        (server, answers) = Recovered(first, second, third);
        (server.IsDamaged, answers).ShouldBe((true, 0));
    }

    private static byte[] Record(long number, long content)
    {
        byte[] room = new byte[RegisterRecord.LengthMax];
        return new RegisterRecord(0, new RegisterTag(content, 3), content).Write(room, number).ToArray();
    }

    /// <summary>The server after its recovery, and how often it answers a query.</summary>
    private static (RegisterServer Server, int Answers) Recovered(params byte[][] records)
    {
        var server = new RegisterServer(new RegisterOptions { Servers = 3 });
        var process = new GroupMember(server);
        var runner = new StepRunner();
        RandomStream random = new Seed(1).Stream();
        var sink = new Sends();
        for (int i = 0; i < records.Length; i++)
        {
            runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i] }, default, ref random, ref sink);
        }

        runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Recovery, Number = -1 }, default, ref random, ref sink);
        byte[] room = new byte[RegisterMessage.LengthMax];
        int length = new RegisterMessage(RegisterVerb.Query, 1, 0).Write(room, 0);
        runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Message, Peer = 3, Head = room.AsSpan(0, length) }, default, ref random, ref sink);
        return (server, sink.Count);
    }

    private struct Sends : IOutputSink
    {
        public int Count { get; private set; }

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => Count++;

        public readonly void SetTimer(int timer, long delayNs)
        {
        }

        public readonly void CancelTimer(int timer)
        {
        }

        public readonly void Persist(ReadOnlySpan<byte> record)
        {
        }

        public readonly void Deliver(int body)
        {
        }

        public readonly void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
