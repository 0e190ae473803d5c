using Headroom.Information.Codecs;

namespace Headroom.Information.Tests.Codecs;

public sealed class MeasurementTests
{
    [Fact]
    public void FramingIsCountedForEveryStrategyAndNoneToo()
    {
        MessageBatch batch = MessageBatch.Of([new byte[127], new byte[128], [], new byte[20_000]]);
        using var none = new StoredCodec();
        CodecSize size = Measurement.PerMessage(none, batch);
        size.PayloadBytes.ShouldBe(20_255);
        size.FramingBytes.ShouldBe(1 + 2 + 1 + 3);
        size.SentBytes.ShouldBe(20_262);
        Measurement.Stream(none, batch).FramingBytes.ShouldBe(3);
    }

    [Fact]
    public void PrefixesSayHowLongTheMessageIs()
    {
        Span<byte> buffer = stackalloc byte[5];
        foreach (int length in new[] { 0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, int.MaxValue })
        {
            int written = Framing.WritePrefix(buffer, length);
            written.ShouldBe(Framing.PrefixBytes(length));
            Framing.TryReadPrefix(buffer, out int read, out int bytes).ShouldBeTrue();
            (read, bytes).ShouldBe((length, written));
            Framing.TryReadPrefix(buffer[..(written - 1)], out _, out _).ShouldBeFalse();
        }

        Framing.TryReadPrefix([0xFF, 0xFF, 0xFF, 0xFF, 0xFF], out _, out _).ShouldBeFalse();
        Framing.TryReadPrefix([0xFF, 0xFF, 0xFF, 0xFF, 0x7F], out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void ACodecThatForgetsIsFoundOut()
    {
        using var codec = new Forgetful();
        Should.Throw<InvalidDataException>(() => Measurement.PerMessage(codec, MessageBatch.Of([[1, 2, 3]])));
        Should.Throw<InvalidDataException>(() => Measurement.Stream(codec, MessageBatch.Of([[1, 2, 3]])));
    }

    [Fact]
    public void ThreadTimeGrowsWithWork()
    {
        if (ThreadCpuClock.Seconds is not { } before)
        {
            return;
        }

        using ZlibCodec codec = ZlibCodec.Gzip(6);
        byte[] data = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 7))];
        CodecTime time = Measurement.Time(codec, MessageBatch.Of([data]), stream: true).ShouldNotBeNull();
        time.CompressMedian.ShouldBeGreaterThan(0);
        time.TotalMedian.ShouldBeInRange(time.TotalMin, time.TotalMax);
        time.Passes.ShouldBeGreaterThanOrEqualTo(2);
        (ThreadCpuClock.Seconds!.Value - before).ShouldBeGreaterThan(time.Passes * time.TotalMin * data.Length);
    }

    [Fact]
    public void BatchesWithEndsOutOfOrderAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new MessageBatch(new byte[4], [3, 2, 4]));
        Should.Throw<ArgumentOutOfRangeException>(() => new MessageBatch(new byte[4], [3]));
        Should.Throw<ArgumentOutOfRangeException>(() => new MessageBatch(new byte[4], []));
    }

    private sealed class Forgetful : Codec
    {
        public override string Name => "forgetful";

        public override string Library => "a test";

        public override int BoundOf(int length) => length;

        public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination) => 1;

        public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
        {
            destination.Clear();
            return destination.Length;
        }
    }
}
