using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Audit.Tests.Comparisons;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Tests.Links;

/// <summary>How links behave reads the same from a command line and from a system file.</summary>
public sealed class LinkTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("10ms", "10 ms", JitterShape.Exponential, 10_000_000, 0)]
    [InlineData("exp 10ms", "{ mean: 10 ms }", JitterShape.Exponential, 10_000_000, 0)]
    [InlineData("exponential 10 ms", "{ shape: exp, mean: 10 ms }", JitterShape.Exponential, 10_000_000, 0)]
    [InlineData("uniform 2s", "{ shape: uniform, mean: 2 s }", JitterShape.Uniform, 2_000_000_000, 0)]
    [InlineData("lognormal 10ms 0.5", "{ shape: lognormal, mean: 10 ms, sigma: 0.5 }", JitterShape.LogNormal, 10_000_000, 0.5)]
    [InlineData("log-normal 10 ms 1", "log-normal 10 ms 1", JitterShape.LogNormal, 10_000_000, 1)]
    public void JitterHasAShapeAMeanAndPerhapsASigma(string option, string yaml, JitterShape shape, long meanNs, double sigma)
    {
        foreach (Jitter jitter in new[] { LinkText.Jitter(option, Place.OfOption("--jitter"), Files), Network($"{{ latency: 1 ms, jitter: {yaml} }}").Jitter })
        {
            (jitter.Shape, jitter.MeanNs, jitter.Sigma).ShouldBe((shape, meanNs, sigma));
        }
    }

    [Fact]
    public void DelaysComeFromAFile()
    {
        File.WriteAllText(_folder.PathOf("delays.txt"), "# seen\n1 ms\n2 ms\n\n9000000\n");
        foreach (Jitter jitter in new[] { LinkText.Jitter("file:delays.txt", Place.OfOption("--jitter"), Files), Network("{ latency: 1 ms, jitter: file:delays.txt }").Jitter, Network("{ latency: 1 ms, jitter: { file: delays.txt } }").Jitter })
        {
            (jitter.Shape, jitter.MeanNs, jitter.Table!.Count, jitter.MaxNs).ShouldBe((JitterShape.Empirical, 4_000_000, 3, 9_000_000));
        }
    }

    [Theory]
    [InlineData("1%", "1 %", 0.01, null)]
    [InlineData("1% bursts 8", "1 % in bursts of 8", 0, 8.0)]
    [InlineData("1% in bursts of 8", "{ mean: 1 %, bursts: 8 }", 0, 8.0)]
    [InlineData("0.01", "{ mean: 0.01 }", 0.01, null)]
    public void LossIsIndependentOrInBursts(string option, string yaml, double independent, double? burst)
    {
        NetworkOptions plain = new() { Topology = Topology.Complete(2, 1) };
        foreach (NetworkOptions network in new[] { LinkText.Loss(option, Place.OfOption("--loss")).In(plain), Network($"{{ latency: 1 ms, loss: {yaml} }}") })
        {
            network.Loss.ShouldBe(independent);
            network.Bursts?.BurstMean.ShouldBe(burst!.Value);
            network.Bursts?.Mean.ShouldBe(0.01);
            (network.Bursts is null).ShouldBe(burst is null);
        }
    }

    [Fact]
    public void WhatElseLinksDoIsReadFromBoth()
    {
        BroadcastGrid grid = BroadcastGridReader.Read(new BroadcastGridText { Protocols = "flooding", Members = "10", Duplication = "2%", Reordering = "3% by 20ms", Queue = "64kB" }, new Seed(1));
        NetworkOptions yaml = Network("{ latency: 50 ms, bandwidth: 1 Gbit/s, duplication: 2 %, reordering: 3 % by 20 ms, queue: 64 kB }");
        NetworkOptions typed = grid.Networks.Single().Setting.Network;
        foreach (NetworkOptions network in new[] { typed, yaml })
        {
            (network.Duplication, network.Reordering, network.ReorderDelayNs, network.QueueBytesMax, network.InOrder).ShouldBe((0.02, 0.03, 20_000_000, 64_000, false));
        }

        Network("{ latency: 1 ms, in order: yes }").InOrder.ShouldBeTrue();
        BroadcastGridReader.Read(new BroadcastGridText { Protocols = "flooding", InOrder = true }, new Seed(1)).Networks.Single().Setting.Network.InOrder.ShouldBeTrue();
    }

    [Fact]
    public void AMatrixDealsTheMembersOutToItsRegions()
    {
        File.WriteAllText(_folder.PathOf("regions.csv"), "from,eu,us\neu,1 ms,40 ms\nus,,2 ms\n");
        Topology[] both =
        [
            Network("{ latency: file:regions.csv }").Topology,
            LinkText.Latency("file:regions.csv", Place.OfOption("--latency"), Files).Complete(10),
        ];
        foreach (Topology topology in both)
        {
            topology.RegionCount.ShouldBe(2);
            (topology.LatencyBetweenNs(0, 2), topology.LatencyBetweenNs(0, 1), topology.LatencyBetweenNs(1, 0), topology.LatencyBetweenNs(1, 3)).ShouldBe((1_000_000, 40_000_000, 40_000_000, 2_000_000));
        }
    }

    [Theory]
    [InlineData("jitter: expo 5 ms", "did you mean exp?")]
    [InlineData("jitter: pareto 5 ms", "lognormal 10 ms 0.5")]
    [InlineData("jitter: lognormal 5 ms", "with its mean and sigma")]
    [InlineData("jitter: lognormal 5 ms 9", "above 0 and at most 3; found 9")]
    [InlineData("jitter: uniform -5 ms", "is negative")]
    [InlineData("jitter: uniform 5", "has no unit")]
    [InlineData("jitter: uniform 2 h", "more than 1 h")]
    [InlineData("jitter: file:missing.txt", "no file missing.txt")]
    [InlineData("jitter: 'file:'", "a file's name belongs")]
    [InlineData("jitter: { shape: uniform }", "needs 'mean'")]
    [InlineData("jitter: { shape: uniform, mean: 1 ms, sigma: 1 }", "only a log-normal jitter has a sigma")]
    [InlineData("jitter: { shap: uniform, mean: 1 ms }", "did you mean shape?")]
    [InlineData("loss: 1 % in bursts", "'1 % in bursts of 8'")]
    [InlineData("loss: 1 % in bursts of 0.5", "a burst is 1 to")]
    [InlineData("loss: 90 % in bursts of 2", "lose at most 66.6667 %")]
    [InlineData("loss: -1 %", "at least 0 and below 100%")]
    [InlineData("duplication: 120 %", "'duplication'")]
    [InlineData("reordering: 2 %", "2 % by 20 ms")]
    [InlineData("reordering: 2 % by 0 ms", "2 % by 20 ms")]
    [InlineData("in order: maybe", "one of yes, no")]
    [InlineData("queue: 64 kB", "needs 'bandwidth' too")]
    [InlineData("queue: 0 B, bandwidth: 1 Mbit/s", "'queue'")]
    [InlineData("in order: yes, reordering: 2 % by 20 ms", "does not reorder")]
    [InlineData("latency: file:missing.csv", "no file missing.csv")]
    [InlineData("latency: file:wrong.csv", "wrong.csv:2:1: a latency such as '40 ms' is expected from eu to us")]
    [InlineData("latency: file:many.csv", "11 regions need as many members")]
    [InlineData("latency: file:good.csv, regions: 2, between regions: 5 ms", "leave 'regions'")]
    public void WhatIsWrongIsToldWithItsPlace(string keys, string told)
    {
        File.WriteAllText(_folder.PathOf("wrong.csv"), "from,eu,us\neu,1 ms,fast\nus,40 ms,1 ms\n");
        File.WriteAllText(_folder.PathOf("good.csv"), "from,eu,us\neu,1 ms,3 ms\nus,40 ms,1 ms\n");
        File.WriteAllText(_folder.PathOf("many.csv"), "from," + string.Join(',', Enumerable.Range(0, 11)) + "\n" + string.Concat(Enumerable.Range(0, 11).Select(i => $"{i}{string.Concat(Enumerable.Repeat(",1 ms", 11))}\n")));
        string latency = keys.StartsWith("latency", StringComparison.Ordinal) ? "" : "latency: 1 ms, ";
        InputException error = Should.Throw<InputException>(() => Network($"{{ {latency}{keys} }}"));
        error.Message.ShouldContain(told);
        error.Mark.Line.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("--jitter", "expo 5ms", "did you mean exp?")]
    [InlineData("--jitter", "file:nothing.txt", "no file nothing.txt")]
    [InlineData("--loss", "1% bursts", "in bursts of 8")]
    [InlineData("--reordering", "5%", "by 20 ms")]
    [InlineData("--queue", "lots", "64 kB, or inf")]
    [InlineData("--duplication", "100%", "below 100%")]
    [InlineData("--latency", "file:nothing.csv", "no file nothing.csv")]
    public void AnOptionIsNamed(string option, string value, string told)
    {
        var text = new BroadcastGridText { Protocols = "flooding", Members = "10" };
        text = option switch
        {
            "--jitter" => text with { Jitter = value },
            "--loss" => text with { Loss = value },
            "--reordering" => text with { Reordering = value },
            "--queue" => text with { Queue = value },
            "--duplication" => text with { Duplication = value },
            _ => text with { Latency = value },
        };
        InputException error = Should.Throw<InputException>(() => BroadcastGridReader.Read(text, new Seed(1)));
        error.Mark.File.ShouldBe(option);
        error.Problem.ShouldContain(told);
    }

    private ReadingContext Files => new(Path.GetDirectoryName(_folder.PathOf("x"))!);

    private NetworkOptions Network(string yaml)
    {
        Section network = Section.Read(YamlTree.Parse(yaml, "test.yaml"), "'network'", LinkKeys.Network.Below, Files);
        return LinkKeys.Read(LinkKeys.Complete(10, network.Get(LinkKeys.Latency), network), network);
    }
}
