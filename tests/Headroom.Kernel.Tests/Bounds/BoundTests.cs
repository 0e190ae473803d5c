using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Tests.Bounds;

public sealed class BoundTests
{
    private static readonly Bound Sample = new()
    {
        Id = "test.sum",
        Title = "A sum",
        Side = Side.Floor,
        Unit = Unit.One,
        Parameters = [BoundParameter.Integer("n", "a number", 1, 10), BoundParameter.Number("x", "another") with { Default = 2 }, BoundParameter.Vector("p", "some", 0, 1)],
        Statement = "s",
        Formula = "n + x",
        Regime = "r",
        AppearsIn = "a",
        MeansForYou = "m",
        Citation = new Citation("key", "p. 1"),
        Evaluator = a => BoundValue.Of(a["n"] + a["x"] + a.Vector("p").Sum()),
        Examples = [],
    };

    [Fact]
    public void DefaultsFillWhatIsLeftOutAndLeaveTheArgumentsAlone()
    {
        var arguments = new BoundArguments { { "n", 3 }, { "p", [0.5, 0.5] } };
        Sample.Evaluate(arguments).Number.ShouldBe(6);
        arguments.ToString().ShouldBe("n=3 p=0.5,0.5");
    }

    [Fact]
    public void IllegalArgumentsAreToldByName()
    {
        Sample.Problem(new BoundArguments { { "n", 0.5 }, { "p", [0.5] } })!.ShouldContain("n = 0.5 is below 1");
        Sample.Problem(new BoundArguments { { "n", 1.5 }, { "p", [0.5] } })!.ShouldContain("not a whole number");
        Sample.Problem(new BoundArguments { { "n", 2 } })!.ShouldContain("needs p");
        Sample.Problem(new BoundArguments { { "m", 2 } })!.ShouldContain("did you mean n?");
        Sample.Problem(new BoundArguments { { "n", 2 }, { "p", [0.5, 1.5] } })!.ShouldContain("above 1");
        Should.Throw<ArgumentException>(() => Sample.Evaluate(new BoundArguments { ["n"] = 2 }));
    }

    [Fact]
    public void AFiniteBoundIsNeverNaN() => Should.Throw<ArgumentOutOfRangeException>(() => BoundValue.Of(double.NaN));
}
