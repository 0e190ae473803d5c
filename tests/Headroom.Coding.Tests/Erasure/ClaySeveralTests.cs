using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Xunit.Abstractions;

namespace Headroom.Coding.Tests.Erasure;

public sealed class ClaySeveralTests(ITestOutputHelper output)
{
    /// <summary>Every pair and triple that is lost: rebuilt byte for byte, whole and over a network, and read no more than k shards are.</summary>
    [Theory]
    [InlineData(10, 4, 12, 2, true)]
    [InlineData(4, 4, 6, 2, true)]
    [InlineData(4, 4, 5, 3, false)]
    [InlineData(6, 4, 7, 2, true)]
    [InlineData(4, 3, 6, 2, false)]
    public void LostShardsComeBackOneAfterAnother(int k, int m, int d, int count, bool saves)
    {
        var code = new ClayCode(k, m, d);
        Memory<byte>[] shards = Striping.Encode(code, KernelDigest.Bytes((int)Striping.ContentBytesMax(code, 8 * code.Subshards), 9));
        int fewer = 0;
        int sets = 0;
        long reads = 0;
        foreach (int[] lost in Sets(code.TotalShards, count).Where((_, i) => code.Subshards < 100 || i % 5 == 0))
        {
            sets++;
            int[] available = [.. Enumerable.Range(0, code.TotalShards).Except(lost)];
            RepairPlan plan = code.PlanRepair(lost, available).ShouldBeOfType<RepairPlan>();
            int read = plan.Helpers.Sum(helper => helper.Reads.Count);
            read.ShouldBeLessThanOrEqualTo(k * code.Subshards);
            plan.Reads.ShouldBeSubsetOf(available);
            reads += read;
            fewer += read < k * code.Subshards ? 1 : 0;

            Memory<byte>[] damaged = [.. shards.Select((shard, i) => lost.Contains(i) ? new byte[shard.Length] : shard)];
            plan.Run(damaged);
            ReadOnlyMemory<byte>[] messages = [.. plan.Helpers.Select((helper, i) =>
            {
                byte[] message = new byte[helper.MessageBytes(shards[0].Length)];
                plan.Message(i, helper.Ranges(shards[0].Length).SelectMany(range => shards[helper.Shard].Slice(range.Offset, range.Length).ToArray()).ToArray(), message);
                return (ReadOnlyMemory<byte>)message;
            })];
            Memory<byte>[] rebuilt = [.. lost.Select(_ => new byte[shards[0].Length].AsMemory())];
            plan.Rebuild(messages, rebuilt);
            for (int i = 0; i < lost.Length; i++)
            {
                damaged[lost[i]].Span.SequenceEqual(shards[lost[i]].Span).ShouldBeTrue($"{lost[i]} of {string.Join(',', lost)}");
                rebuilt[i].Span.SequenceEqual(shards[lost[i]].Span).ShouldBeTrue($"{lost[i]} of {string.Join(',', lost)} over a network");
            }
        }

        // It pays for most sets where d helpers are left and the repairs read much in common; otherwise k whole shards are read.
        output.WriteLine($"{code}, {count} lost: fewer than k shards for {fewer} of {sets} sets, {reads / (double)sets / k / code.Subshards:P1} of k shards on average");
        (fewer > sets / 2).ShouldBe(saves, $"{fewer} of {sets}");
    }

    private static IEnumerable<int[]> Sets(int n, int count) => count == 0 ? [[]] : Sets(n, count - 1).SelectMany(set => Enumerable.Range(set.Length == 0 ? 0 : set[^1] + 1, n - (set.Length == 0 ? 0 : set[^1] + 1)).Select(next => (int[])[.. set, next]));
}
