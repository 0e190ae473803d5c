using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Tests.Maelstrom.Workloads;

public sealed class CounterWorkloadTests
{
    private readonly CounterWorkload _counter = new(decrements: true);

    [Fact]
    public void AFinalReadIsTheSumOfWhatHappenedAndOfSomeOfWhatMayHave()
    {
        foreach ((long value, bool valid) in new[] { (4L, true), (7, true), (-1, true), (2, true), (3, false), (9, false), (-2, false) })
        {
            var counter = new CounterWorkload(decrements: true);
            Add(counter, 4, OperationStatus.Succeeded);
            Add(counter, 3, OperationStatus.Indefinite);
            Add(counter, -5, OperationStatus.Indefinite);
            Add(counter, 2, OperationStatus.Failed);
            Read(counter, value, isFinal: true);
            counter.Check().IsValid.ShouldBe(valid, $"{value}");
        }
    }

    [Fact]
    public void NoReadLiesBeyondWhatTheAddsSoFarCouldMake()
    {
        Add(4, OperationStatus.Succeeded);
        Read(_counter, 5, isFinal: false);
        Read(_counter, 4, isFinal: true);
        WorkloadCheck check = _counter.Check();
        check.IsValid.ShouldBeFalse();
        check.Problems[0].ShouldContain("read 5 while the adds so far allow 0 to 4");
    }

    [Fact]
    public void WithoutFinalReadsNothingIsKnown() => _counter.Check().IsValid.ShouldBeFalse();

    [Fact]
    public void AGrowOnlyCounterNeverShrinksAndReadsTwiceAsOftenAsItAdds()
    {
        // Maelstrom draws adds of -5 to 4 for half of the operations and leaves out the negative ones.
        var growing = new CounterWorkload(decrements: false);
        RandomStream random = new Seed(2).Stream();
        Operation[] drawn = [.. Enumerable.Range(0, 6000).Select(_ => growing.Next(ref random))];
        drawn.ShouldAllBe(o => o.Value >= 0);
        drawn.Count(o => o.Function == "add").ShouldBeInRange(1817, 2183); // a third, five standard deviations
    }

    [Fact]
    public void SubsetSumsAreAllOfThem()
    {
        int[] terms = [3, -5, 4, 0, -1];
        SubsetSums sums = SubsetSums.Of(10, terms);
        var expected = new SortedSet<long>();
        for (int mask = 0; mask < 32; mask++)
        {
            expected.Add(10 + terms.Where((_, i) => (mask & (1 << i)) != 0).Sum());
        }

        for (long value = sums.Least - 3; value <= sums.Most + 3; value++)
        {
            sums.Contains(value).ShouldBe(expected.Contains(value), $"{value}");
        }
    }

    private void Add(int delta, OperationStatus status) => Add(_counter, delta, status);

    private static void Add(CounterWorkload counter, int delta, OperationStatus status)
    {
        var add = new Operation { Function = "add", IsFinal = false, Value = delta };
        counter.Invoked(add);
        add.Status = status;
        counter.Completed(add, null, 0, 0);
    }

    private static void Read(CounterWorkload counter, long value, bool isFinal)
    {
        var read = new Operation { Function = "read", IsFinal = isFinal };
        counter.Invoked(read);
        read.Status = OperationStatus.Succeeded;
        counter.Completed(read, value, 0, 0);
    }
}
