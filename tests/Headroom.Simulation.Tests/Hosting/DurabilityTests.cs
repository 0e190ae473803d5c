using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Tests.Hosting;

public class DurabilityTests
{
    [Fact]
    public void OnADiskThatTakesNoTimeAStepIsToldAsItEndsAndNothingWaits() =>
        Run(0, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Persist("first"u8);
                turn.Send(1, "after"u8);
                turn.Persist("second"u8);
            }
            else if (input is { Kind: InputKind.Durable, Number: 2 })
            {
                turn.Persist("third"u8);
            }
        }).ShouldBe(["0 0 Request 0", "0 0 Durable 2", "0 0 Durable 3", "5 1 Message 0 after", "30 0 Recovery 0 first", "30 0 Recovery 1 second", "30 0 Recovery 2 third", "30 0 Recovery -1"]);

    [Theory]
    [InlineData(0, new[] { "0 0 Request 0", "5 1 Message 0 True", "30 0 Recovery 0 first", "30 0 Recovery -1" })]
    [InlineData(10, new[] { "0 0 Request 0", "10 0 Durable 1", "15 1 Message 0 False", "30 0 Recovery 0 first", "30 0 Recovery -1" })]
    public void WhoCanGoOnAtOnceIsToldNoMoreWhereTheDiskTakesNoTime(long durabilityNs, string[] log) =>
        Run(durabilityNs, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                bool isDurable = turn.TryPersistAtOnce("first"u8);
                turn.Send(1, isDurable ? "True"u8 : "False"u8);
            }
        }).ShouldBe(log);

    /// <summary>The disk takes 4 ns, and the crash comes at 20 ns.</summary>
    [Theory]
    [InlineData(0, 4, 0, "anew,after,last")]
    [InlineData(4, 4, 0, "anew,after,last")]
    [InlineData(100, 4, 0, "")]
    [InlineData(100, 4, 0.99, "anew,after,las")]
    [InlineData(100, 4, 0.5, "first,second,a")]
    [InlineData(100, 4, 0.8, "anew,afte")]
    public void ALogBeginsAnewOnceTheRecordThatItBeginsWithIsThere(long durabilityNs, long latencyNs, double kept, string expected)
    {
        var options = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(2, latencyNs) },
            Seed = new Seed(1),
            DurabilityNs = durabilityNs,
            Faults = FaultPlan.Parse($"at 20 ns crash 0{(kept > 0 ? $" torn at {kept * 100} %" : "")}; at 30 ns restart 0; at 40 ns crash 0; at 50 ns restart 0", 2),
        };
        List<string> log = Scripted.Run(options, (int member, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Persist("first"u8);
                turn.Persist("second"u8);
                _ = turn.TryPersistAtOnce("anew"u8, anew: true);
                turn.Persist("after"u8);
                turn.Persist("last"u8);
            }
        }, [(0, 0)], default(NoObserver), out _);
        foreach (int at in new[] { 30, 50 })
        {
            log.Where(line => line.StartsWith($"{at} 0 Recovery", StringComparison.Ordinal) && !line.EndsWith(" -1", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1])
                .ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), $"{string.Join('\n', log)}");
        }
    }

    [Fact]
    public void RecordsAreKeptShortenedAndTakenAwayAsInAList()
    {
        RandomStream random = new Seed(1).Stream();
        var blocks = new RecordBlocks();
        var list = new List<byte[]>();
        for (int step = 0; step < 20_000; step++)
        {
            int what = random.Below(1000);
            if (what < 2)
            {
                int count = random.Below(list.Count + 1);
                blocks.Truncate(count);
                list.RemoveRange(count, list.Count - count);
            }
            else if (what < 20 && list.Count > 0)
            {
                int length = random.Below(list[^1].Length + 1);
                blocks.Shorten(list.Count - 1, length);
                list[^1] = list[^1][..length];
            }
            else if (what is > 20 and < 24)
            {
                int count = random.Below(list.Count + 1);
                blocks.DropFirst(count);
                list.RemoveRange(0, count);
            }
            else
            {
                // Some are longer than any block.
                byte[] record = new byte[what == 20 ? 100_000 : random.Below(300)];
                Array.Fill(record, (byte)random.Below(256));
                blocks.Add(record);
                list.Add(record);
            }

            blocks.Count.ShouldBe(list.Count);
            for (int i = Math.Max(0, list.Count - 3); i < list.Count; i++)
            {
                blocks[i].SequenceEqual(list[i]).ShouldBeTrue();
            }
        }

        for (int i = 0; i < list.Count; i++)
        {
            blocks[i].ToArray().ShouldBe(list[i]);
        }
    }

    /// <summary>One request to the first of two members, which crashes at 20 ns and is back at 30 ns.</summary>
    private static List<string> Run(long durabilityNs, RecorderProcess.Script script)
    {
        var options = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(2, 5) },
            Seed = new Seed(1),
            DurabilityNs = durabilityNs,
            Faults = FaultPlan.Parse("at 20 ns crash 0; at 30 ns restart 0", 2),
        };
        return Scripted.Run(options, script, [(0, 0)], default(NoObserver), out _);
    }
}
