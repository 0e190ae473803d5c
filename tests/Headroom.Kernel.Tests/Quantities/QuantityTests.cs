using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Tests.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("40 ms", 0.04)]
    [InlineData("100 Mbit/s", 1e8)]
    [InlineData("100 Mbps", 1e8)]
    [InlineData("3 TB/day", 3e12 * 8 / 86400)]
    [InlineData("2 KiB", 2048 * 8)]
    [InlineData("2 kB", 2000 * 8)]
    [InlineData("0.1 %", 0.001)]
    [InlineData("20/min", 20 / 60.0)]
    [InlineData("1e-9", 1e-9)]
    [InlineData("-3 s", -3)]
    [InlineData("0.12 $/kWh", 0.12 / 3.6e6)]
    [InlineData("3 y", 3 * 365.25 * 86400)]
    [InlineData("0.8 $/Mbps/month", 0.8 / 1e6 / (365.25 / 12 * 86400))]
    public void PeoplesWritingIsReadInBaseUnits(string text, double expected) =>
        Quantity.Parse(text).Base.ShouldBe(expected, Math.Abs(expected) * 1e-12);

    [Theory]
    [InlineData("40 ms")]
    [InlineData("100 Mbit/s")]
    [InlineData("21 $/TB/month")]
    [InlineData("0.1 %")]
    [InlineData("850/s")]
    [InlineData("1000")]
    public void PrintingGivesBackWhatWasWritten(string text) => Quantity.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("ms", "does not begin with a number")]
    [InlineData("1,000 ms", "without separators")]
    [InlineData("40 msec", "no unit 'msec'")]
    [InlineData("5 Mb", "write Mbit or MB")]
    [InlineData("5 KB", "did you mean kB?")]
    [InlineData("1e999 s", "not a finite number")]
    [InlineData("1e308 TB", "too large")]
    [InlineData("", "does not begin with a number")]
    [InlineData("3 s/", "empty unit")]
    public void WrongWritingIsToldWithWhatWouldBeRight(string text, string problem)
    {
        Quantity.TryParse(text, out _, out string? told).ShouldBeFalse();
        told.ShouldContain(problem);
    }

    [Theory]
    [InlineData(0.0123, "s", "12.3 ms")]
    [InlineData(90_000, "s", "1.042 day")]
    [InlineData(3e12, "B/day", "3 TB/day")]
    [InlineData(1234567, "$/y", "1.235 M$/y")]
    [InlineData(250e6, "bit/s", "250 Mbit/s")]
    public void PeopleReadOneToThreeDigitsBeforeThePoint(double value, string unit, string expected) =>
        Quantity.Of(value, unit).ToHumanString().ShouldBe(expected);

    [Fact]
    public void DifferentDimensionsDoNotConvert() =>
        Should.Throw<ArgumentException>(() => Quantity.Parse("3 s").In("B")).Message.ShouldContain("3 s is time");

    [Theory]
    [InlineData("memebrs", "members")]
    [InlineData("latncy", "latency")]
    [InlineData("xyz", null)]
    public void TheNearestNameIsFoundByEditDistance(string typed, string? expected) =>
        NearestName.Of(typed, ["members", "payload", "latency", "loss"]).ShouldBe(expected);
}
