using System.Text;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Tests.Maelstrom.Wire;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void LinesComeOutWholeHoweverTheyComeIn(int chunk)
    {
        string[] lines = ["", "a", new string('x', 40_000), "é", "last without end"];
        var splitter = new LineSplitter(new Trickle(Encoding.UTF8.GetBytes(string.Join('\n', lines)), chunk), 1 << 20);
        var read = new List<string>();
        while (splitter.TryNext(out byte[] line))
        {
            read.Add(Encoding.UTF8.GetString(line));
        }

        read.ShouldBe(lines);
        splitter.Overflowed.ShouldBeFalse();
    }

    [Fact]
    public void ALineWithoutEndIsCutOffAtItsBound()
    {
        using var endless = new Trickle(new byte[10 << 20], 1 << 16);
        var splitter = new LineSplitter(endless, 1 << 20);
        splitter.TryNext(out _).ShouldBeFalse();
        splitter.Overflowed.ShouldBeTrue();
        splitter.Head.Length.ShouldBe(1000);
        endless.Given.ShouldBeLessThan(3 << 20);
        splitter.TryNext(out _).ShouldBeFalse();
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public int Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, Math.Min(count, chunk));
            Given += read;
            return read;
        }
    }
}
