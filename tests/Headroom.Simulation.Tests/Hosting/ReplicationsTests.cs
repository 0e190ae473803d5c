using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;

namespace Headroom.Simulation.Tests.Hosting;

public class ReplicationsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void ResultsStandInTheOrderOfTheRunsWhateverTheThreads(int threads)
    {
        ulong Draw(int i)
        {
            RandomStream random = new Seed(3).At(i).Stream();
            // Runs of very different length.
            ulong last = 0;
            for (int k = 0; k < (i % 5 == 0 ? 20_000 : 10); k++)
            {
                last = random.NextUInt64();
            }

            return last;
        }

        Replications.Run(100, Draw, threads).ShouldBe([.. Enumerable.Range(0, 100).Select(Draw)]);
        Replications.Run(0, Draw, threads).ShouldBeEmpty();
    }

    [Fact]
    public void TheFirstFailureByNumberIsThrown()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            Should.Throw<InvalidOperationException>(() => Replications.Run<int>(50, i => i is 7 or 8 or 30 ? throw new InvalidOperationException($"run {i}") : i, 4))
                .Message.ShouldBe("run 7");
        }
    }

    [Fact]
    public void ACancelledBatchStops()
    {
        using var stop = new CancellationTokenSource();
        int runs = 0;
        Should.Throw<OperationCanceledException>(() => Replications.Run(1000, i =>
        {
            if (Interlocked.Increment(ref runs) == 10)
            {
                stop.Cancel();
            }

            return i;
        }, 2, stop.Token));
        runs.ShouldBeLessThan(20);
    }
}
