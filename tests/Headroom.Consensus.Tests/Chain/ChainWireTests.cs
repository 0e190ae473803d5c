using Headroom.Consensus.Chain;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Chain;

public sealed class ChainWireTests
{
    private static readonly ChainConfiguration Some = new(300, [4, 0, 2], 1);

    private static readonly byte[][] Three = [[1, 2], [], [3, 4, 5]];

    private static readonly ChainMessage[] Messages =
    [
        new(ChainVerb.Heartbeat, 300, 7, Incarnation: 9),
        new(ChainVerb.Lease, Number: 7, Incarnation: 9),
        new(ChainVerb.Configuration, 300, Incarnation: 9),
        new(ChainVerb.Confirm, 300, 7),
        new(ChainVerb.Confirmed, 300, 7),
        new(ChainVerb.CaughtUp, 300, Incarnation: 9),
        new(ChainVerb.Update, 300, Sequence: 1000),
        new(ChainVerb.Acknowledgement, 300, Sequence: 1000),
        new(ChainVerb.Behind, 300, Sequence: 1000),
        new(ChainVerb.Copy, 300, Sequence: 1000),
        new(ChainVerb.Command, Number: 7, Client: 12),
        new(ChainVerb.Question, Number: 7, Client: 12),
        new(ChainVerb.Version, 300, 7),
        new(ChainVerb.VersionAnswer, 300, 7, 1000),
    ];

    [Fact]
    public void EveryMessageReadsBackAndNoPartOfItDoes()
    {
        Messages.Select(message => message.Verb).ShouldBe(Enum.GetValues<ChainVerb>().Skip(1));
        var entries = new List<byte[]>();
        foreach (ChainMessage message in Messages)
        {
            byte[] bytes = Write(message);
            ChainWire.TryRead(bytes, 5, entries, out ChainMessage read, out ChainConfiguration? configuration).ShouldBeTrue(message.ToString());
            read.ShouldBe(message);
            bool hasBytes = message.Verb is ChainVerb.Copy or ChainVerb.Command or ChainVerb.Question;
            entries.Select(entry => entry.Length).ShouldBe(message.Verb == ChainVerb.Update ? [2, 0, 3] : hasBytes ? [2] : []);
            (configuration?.Epoch, configuration?.Joining, configuration?.Order.Length).ShouldBe(message.Verb == ChainVerb.Configuration ? (300, 1, 3) : (null, null, null));
            for (int length = 0; length < bytes.Length && !hasBytes; length++)
            {
                ChainWire.TryRead(bytes.AsSpan(0, length), 5, entries, out _, out _).ShouldBeFalse($"{message} cut to {length}");
            }
        }
    }

    [Theory]
    [InlineData(0, 4, 4)]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    [InlineData(0)]
    public void AChainOfServersThatAreNotThereOrTwiceIsRefused(int joiningPlusOne, params int[] order)
    {
        byte[] room = new byte[64];
        VarintWriter writer = ChainWire.Write(room, new ChainMessage(ChainVerb.Configuration, 3, Incarnation: 1));
        writer.Number(joiningPlusOne);
        writer.Number(order.Length);
        foreach (int server in order)
        {
            writer.Byte((byte)server);
        }

        ChainWire.TryRead(room.AsSpan(0, writer.Length), 5, [], out _, out ChainConfiguration? configuration).ShouldBeFalse();
        configuration.ShouldBeNull();
    }

    [Fact]
    public void AnyBytesAreReadOrRefusedAndNeverMore()
    {
        RandomStream random = new Seed(5).Stream();
        var entries = new List<byte[]>();
        byte[] bytes = new byte[40];
        for (int i = 0; i < 20_000; i++)
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)random.Below(256);
            }

            bytes[0] = (byte)random.Below(18);
            if (ChainWire.TryRead(bytes.AsSpan(0, 1 + random.Below(40)), 5, entries, out ChainMessage message, out _))
            {
                message.Sequence.ShouldBeInRange(0, long.MaxValue / 2);
                entries.Sum(entry => entry.Length).ShouldBeLessThan(40);
            }
        }
    }

    private static byte[] Write(in ChainMessage message)
    {
        byte[] room = new byte[256];
        VarintWriter writer = ChainWire.Write(room, message);
        switch (message.Verb)
        {
            case ChainVerb.Configuration:
                ChainWire.WriteChain(ref writer, Some);
                break;
            case ChainVerb.Update:
                ChainWire.WriteEntries(ref writer, Three);
                break;
            case ChainVerb.Copy or ChainVerb.Command or ChainVerb.Question:
                writer.Bytes([8, 9]);
                break;
            default:
                break;
        }

        return room[..writer.Length];
    }
}
