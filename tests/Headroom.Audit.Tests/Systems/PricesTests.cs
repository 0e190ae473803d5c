using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Tests.Systems;

public sealed class PricesTests
{
    private static readonly string[] Regions = ["us", "eu", "asia"];

    /// <summary>So many bytes a year from the row's region to the column's.</summary>
    private static readonly double[,] Bytes = { { 1e9, 2e9, 4e9 }, { 8e9, 16e9, 32e9 }, { 64e9, 128e9, 256e9 } };

    [Fact]
    public void APairHasItsOwnPriceInEitherOrderAndOthersTheDefault()
    {
        Money money = Of(("default", "1 $/GB"), ("asia-eu", "10 $/GB"), ("us-us", "100 $/GB")).EgressOf(Regions, (from, to) => Bytes[from, to])!;
        money.Parts.Select(part => part.Price).ShouldBe(["egress", "egress asia-eu", "egress us-us"]);
        money.Parts.Select(part => part.DollarsPerYear).ShouldBe([2 + 4 + 8 + 64, 10 * (32 + 128), 100], 1e-9);
    }

    [Fact]
    public void WithoutAPriceThereIsNoMoneyAndWithinARegionNothingLeaves()
    {
        Prices.None.EgressOf(Regions, (_, _) => 1e9).ShouldBeNull();
        Of(("default", "1 $/GB")).EgressOf(["one"], (_, _) => 1e9)!.DollarsPerYear.ShouldBe(0);
        Of(("us-eu", "1 $/GB")).EgressOf(Regions, (from, to) => Bytes[from, to]).ShouldBeNull("nothing is said of us-asia");
        Of(("us-eu", "1 $/GB")).EgressOf(["us", "eu"], (from, to) => Bytes[from, to])!.DollarsPerYear.ShouldBe(2 + 8, 1e-9);
    }

    private static Prices Of(params (string Pair, string Price)[] egress) => new() { Egress = egress.ToDictionary(e => e.Pair, e => Quantity.Parse(e.Price)) };
}
