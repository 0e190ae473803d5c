using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Tests.Quantities;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["n", "k", "broadcast", "store", "latency"];

    [Theory]
    [InlineData("brodcast", "broadcast")]
    [InlineData("boradcast", "broadcast")]
    [InlineData("STORE", "store")]
    [InlineData("latencies", "latency")]
    [InlineData("kk", "k")]
    public void ASlipFindsItsName(string typed, string expected) => NearestName.Of(typed, Known).ShouldBe(expected);

    [Theory]
    [InlineData("caching")]
    [InlineData("zebra")]
    public void WhatSharesNothingFindsNothing(string typed) => NearestName.Of(typed, Known).ShouldBeNull();

    [Fact]
    public void ATranspositionIsOneEdit() => NearestName.Distance("within", "wihtin").ShouldBe(1);
}
