using System.Diagnostics;
using Headroom.Consensus.Linearizability;
using Headroom.Evidence.Histories;
using Headroom.Tests;
using Xunit.Abstractions;

namespace Headroom.Evidence.Tests.Histories;

/// <summary>Histories of real stores whose verdicts are known: etcd under Jepsen, and a key-value store with up to fifty clients.</summary>
public sealed class RecordedHistoriesTests(ITestOutputHelper output)
{
    private static readonly int[] Linearizable = [2, 5, 7, 18, 25, 31, 38, 45, 48, 49];

    [SharedDataFact("histories/jepsen")]
    public void OfFiftyEtcdLogsExactlyTenAreLinearizable()
    {
        int[] found = [.. Enumerable.Range(0, 50).Where(i => Check($"histories/jepsen/etcd_{i:000}.log", HistoryFormat.Jepsen).Verdict == LinearizabilityVerdict.Linearizable)];
        found.ShouldBe(Linearizable);
    }

    [SharedDataTheory("histories/kv")]
    [InlineData("c01-ok", LinearizabilityVerdict.Linearizable)]
    [InlineData("c01-bad", LinearizabilityVerdict.NotLinearizable)]
    [InlineData("c50-ok", LinearizabilityVerdict.Linearizable)]
    [InlineData("c50-bad", LinearizabilityVerdict.NotLinearizable)]
    public void AStoresHistoryIsWhatItsNameSays(string name, LinearizabilityVerdict verdict) => Check($"histories/kv/{name}.txt", HistoryFormat.Kv).Verdict.ShouldBe(verdict);

    private LinearizabilityResult Check(string path, HistoryFormat format)
    {
        long start = Stopwatch.GetTimestamp();
        HistoryFile file = HistoryReader.Read(File.ReadAllText(SharedData.PathOf(path)));
        file.Format.ShouldBe(format);
        LinearizabilityResult result = file.Model.Checker().Check(file.History);
        output.WriteLine($"{path}: {result.Verdict}, {file.History.Operations.Length} operations, {result.Parts} parts, {result.Steps} steps, {result.Configurations} configurations, "
            + $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms" + (result.Failure is { } f ? $", smallest {f.Smallest.Count} of {f.Operations.Count}{(f.IsMinimal ? "" : " (not minimal)")}, since {f.Since}" : ""));
        result.Verdict.ShouldNotBe(LinearizabilityVerdict.Undecided);
        return result;
    }
}
