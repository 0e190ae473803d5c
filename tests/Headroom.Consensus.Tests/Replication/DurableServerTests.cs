using Headroom.Consensus.Chain;
using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Tests.Replication;

/// <summary>What all servers that write down what they promise have in common, seen at a chain of one.</summary>
public sealed class DurableServerTests
{
    private const int Registrar = 1;
    private const int Client = 2;

    /// <summary>The disk counts the records of all lives: with two of an earlier one and this one's start the first command is the fourth.</summary>
    [Fact]
    public void AServerThatComesBackCountsTheRecordsOfItsEarlierLives()
    {
        var group = new Group();
        group.Recover(Record(0, ChainRecord.Start, 1), Record(1, ChainRecord.Start, 2));
        group.Configure(incarnation: 3);
        group.Command(1);
        group.Command(2);
        group.Durable(3);
        group.Sink.Answers.ShouldBe(0);
        group.Durable(4);
        group.Sink.Answers.ShouldBe(1);
        group.Durable(5);
        group.Sink.Answers.ShouldBe(2);
    }

    [Fact]
    public void RecordsOfALaterLifeGoOnWithTheNumbersOfTheEarlier()
    {
        var group = new Group();
        group.Recover(Record(0, ChainRecord.Start, 1), Record(1, ChainRecord.Start, 2));
        NumberedRecord.TryOpen(group.Sink.Records[0], out long number, out _).ShouldBeTrue();
        number.ShouldBe(2);
    }

    [Fact]
    public void AServerWhoseRecordsAreDamagedSaysNothingMore()
    {
        var group = new Group();
        group.Recover(Record(1, ChainRecord.Start, 1));
        group.Server.Problem!.ShouldContain("missing");
        group.Configure(incarnation: 2);
        group.Command(1);
        (group.Sink.Sent, group.Sink.Records.Count, group.Server.MalformedCount).ShouldBe((0, 0, 0));
    }

    private static byte[] Record(long number, byte kind, long value)
    {
        VarintWriter writer = NumberedRecord.Begin(new byte[64], number);
        writer.Byte(kind);
        writer.Number(value);
        return NumberedRecord.Seal(writer).ToArray();
    }

    private sealed class Group
    {
        private readonly StepRunner _runner = new();
        private GroupMember _process;
        private RandomStream _random = new Seed(1).Stream();

        public Group() => _process = new GroupMember(Server);

        public ChainServer Server { get; } = new(new ChainOptions { Servers = 1, Machine = () => new KeyValueMachine() }, 0);

        public Sink Sink { get; } = new();

        public void Recover(params byte[][] records)
        {
            for (int i = 0; i < records.Length; i++)
            {
                Step(new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i] });
            }

            Step(new ProcessInput { Kind = InputKind.Recovery, Number = -1 });
        }

        public void Configure(long incarnation)
        {
            VarintWriter writer = ChainWire.Write(new byte[64], new ChainMessage(ChainVerb.Configuration, Epoch: 1, Incarnation: incarnation));
            ChainWire.WriteChain(ref writer, new ChainConfiguration(1, [0]));
            Step(new ProcessInput { Kind = InputKind.Message, Peer = Registrar, Head = writer.Written });
        }

        public void Command(long number)
        {
            byte[] command = new byte[64];
            int length = new KeyValueCommand(KeyValueVerb.Put, 1, 1).Write(command);
            var writer = new VarintWriter(new byte[64]);
            writer.Byte((byte)ClientVerb.Command);
            writer.Number(number);
            writer.Bytes(command.AsSpan(0, length));
            Step(new ProcessInput { Kind = InputKind.Message, Peer = Client, Head = writer.Written });
        }

        public void Durable(int records) => Step(new ProcessInput { Kind = InputKind.Durable, Number = records });

        private void Step(in ProcessInput input)
        {
            Sink sink = Sink;
            _runner.Step(ref _process, 0, input, default, ref _random, ref sink);
        }
    }

    private sealed class Sink : IOutputSink
    {
        public int Sent { get; private set; }

        public int Answers { get; private set; }

        public List<byte[]> Records { get; } = [];

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
            Sent++;
            Answers += peer == Client ? 1 : 0;
        }

        public void SetTimer(int timer, long delayNs)
        {
        }

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record) => Records.Add(record.ToArray());

        public void Deliver(int body)
        {
        }

        public void Reply(long request, ReadOnlySpan<byte> head, int body)
        {
        }
    }
}
