using Headroom.Consensus.Quorum;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Quorum;

public sealed class RegisterWireTests
{
    [Fact]
    public void MessagesAndRecordsReadAsTheyWereWritten()
    {
        Span<byte> room = stackalloc byte[64];
        RandomStream random = new Seed(1).Named("register wire").Stream();
        for (int i = 0; i < 2000; i++)
        {
            var tag = new RegisterTag((long)(random.Below(ulong.MaxValue) >> (1 + random.Below(60))), random.Below(int.MaxValue));
            long content = (long)(random.Below(ulong.MaxValue) >> (1 + random.Below(60)));
            var verb = (RegisterVerb)((int)RegisterVerb.Query + random.Below(4));
            bool isFull = verb is RegisterVerb.QueryAnswer or RegisterVerb.Store;
            var message = new RegisterMessage(verb, i, random.Below(8), isFull ? tag : default, isFull ? content : 0);
            int length = message.Write(room, 0);
            RegisterMessage.TryRead(room[..length], 8, 0, out RegisterMessage read).ShouldBeTrue();
            read.ShouldBe(message);
            RegisterMessage.TryRead(room[..(length - 1)], 8, 0, out _).ShouldBeFalse();
            var record = new RegisterRecord(random.Below(8), tag, content);
            length = record.Write(room, i).Length;
            NumberedRecord.TryOpen(room[..length], out long number, out VarintReader reader).ShouldBeTrue();
            number.ShouldBe(i);
            VarintReader again = reader;
            RegisterRecord.TryRead(ref reader, 8, out RegisterRecord kept).ShouldBeTrue();
            kept.ShouldBe(record);
            RegisterRecord.TryRead(ref again, record.Register, out _).ShouldBeFalse();
            room[random.Below(length)] ^= (byte)(1 + random.Below(255));
            NumberedRecord.TryOpen(room[..length], out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void NeitherOtherRegistersNorOtherVerbsNorAnyBytesHaveAForm()
    {
        byte[] room = new byte[64];
        int length = new RegisterMessage(RegisterVerb.Store, 1, 8, new RegisterTag(1, 2), 3).Write(room, 0);
        RegisterMessage.TryRead(room.AsSpan(0, length), 8, 0, out _).ShouldBeFalse();
        RegisterMessage.TryRead(room.AsSpan(0, length), 9, 0, out _).ShouldBeTrue();
        room[0] = (byte)(RegisterVerb.StoreAnswer + 1);
        RegisterMessage.TryRead(room.AsSpan(0, length), 9, 0, out _).ShouldBeFalse();
        RegisterMessage.TryRead([], 9, 0, out _).ShouldBeFalse();
        length = new RegisterMessage(RegisterVerb.Store, 1, 8, new RegisterTag(long.MaxValue, 2), 3).Write(room, 0);
        RegisterMessage.TryRead(room.AsSpan(0, length), 9, 0, out _).ShouldBeFalse();
        length = new RegisterMessage(RegisterVerb.Store, 1, 8, new RegisterTag(long.MaxValue - 1, 2), 3).Write(room, 0);
        RegisterMessage.TryRead(room.AsSpan(0, length), 9, 0, out _).ShouldBeTrue();
        NumberedRecord.TryOpen([1, 2, 3], out _, out _).ShouldBeFalse();
    }
}
