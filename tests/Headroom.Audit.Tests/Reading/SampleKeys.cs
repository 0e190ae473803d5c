using Headroom.Audit.Reading;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Tests.Reading;

/// <summary>Keys of each shape, to be read in tests.</summary>
internal static class SampleKeys
{
    public static readonly StrategyForm[] Forms =
    [
        new("flooding", "to everybody"),
        new("push", "to some", new StrategyParameter("fan-out", 1, 100) { Default = 3 }),
        new("rs", "codes", new StrategyParameter("k", 1, 200), new StrategyParameter("m", 1, 200)),
        new("dictionary", "trained", new StrategyParameter("size", 1, 1e6) { Unit = Unit.Byte, Default = 4096 }),
    ];

    public static readonly Key<long> Members = Keys.Count("members", "how many", 2, 1_000_000).Required();
    public static readonly Key<Quantity> Payload = Keys.Positive("payload", "2 kB", "how large").Or("1 kB");
    public static readonly Key<double> Loss = Keys.Share("loss", "how often");
    public static readonly Key<Quantity> Latency = Keys.Quantity("latency", "40 ms", "how far");
    public static readonly Key<Section> Network = Keys.Section("network", "between members", Loss, Latency);
    public static readonly Key<StrategyCall> Now = Keys.Strategy("now", "what runs", Forms);
    public static readonly Key<long> Survive = Keys.Count("survive", "how many may fail", 0, 100, "failures");
    public static readonly Key<string> Input = Keys.File("input", "a file");
    public static readonly Key<string> Mode = Keys.Choice("mode", "which way", "stream", "per-message");
    public static readonly Key<IReadOnlyList<string>> Sample = Keys.Files("sample", "files");

    public static readonly Key[] All = [Members, Payload, Network, Now, Survive, Input, Mode, Sample];

    public static Section Read(string yaml, string directory = ".") =>
        Section.Read(YamlTree.Parse(yaml, "t.yaml"), "a thing", All, new ReadingContext(directory));
}
