using Headroom.Audit.Comparisons.Rows;
using Headroom.Consensus.Agreements;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>Which way of agreeing to take in a setting, and why: what is compared keeps the same promise.</summary>
internal static class AgreementAdvisor
{
    /// <summary>A group answers when on average at least this share of the operations is answered in the end.</summary>
    private const double AnswersShare = 0.9999;

    /// <summary>Among those that are linearizable and durable where any of them answers; else among all that answer.</summary>
    public static Recommendation? Of(IReadOnlyList<(AgreementStrategy Strategy, ComparisonCell Cell)> candidates, int servers)
    {
        if (candidates.Count == 0)
        {
            return null;
        }

        double most = candidates.Max(c => Answered(c.Cell));
        double share = Math.Min(AnswersShare, most);
        (AgreementStrategy Strategy, ComparisonCell Cell)[] answering = [.. candidates.Where(c => Answered(c.Cell) >= share)];
        (AgreementStrategy Strategy, ComparisonCell Cell)[] full = [.. answering.Where(c => c.Strategy.IsLinearizable && c.Strategy.IsDurable)];
        (AgreementStrategy Strategy, ComparisonCell Cell)[] judged = full.Length > 0 ? full : answering;
        var product = new LeastProduct([.. judged.Select(c => c.Cell)]);
        AgreementStrategy strategy = candidates.First(c => c.Cell == product.Best).Strategy;
        string answers = most >= AnswersShare ? $"at least {LeastProduct.Percent(AnswersShare)} of the operations" : $"the most that any answers here, {LeastProduct.Percent(most)} of the operations";
        string promise = full.Length > 0 ? " and are linearizable and durable" : ", for none of them is linearizable and durable";
        IEnumerable<string> dropping = full.Length == 0 ? [] : answering
            .Where(c => !full.Contains(c) && LeastProduct.Time(c.Cell) is not null && product.Score(c.Cell) < product.Score(product.Best))
            .Select(c => $"{c.Strategy}, at {LeastProduct.Times(LeastProduct.Bytes(c.Cell), LeastProduct.Bytes(product.Best))} the bytes and {LeastProduct.Times(LeastProduct.Time(c.Cell)!.Value, LeastProduct.Time(product.Best) ?? 0)} the time, drops a promise: {Dropped(c.Strategy, servers)}");
        string[] parts = [.. product.GivesUp(), .. dropping];
        return new Recommendation(strategy.Name, $"least product of bytes and time (p99 over operations) among those that answer {answers}{promise}",
            $"answers {LeastProduct.Percent(Answered(product.Best))}, {product.Figures}; withstands: {strategy.Protocol.FaultModel}",
            parts.Length > 0 ? string.Join("; ", parts) : "nothing against the others here");
    }

    /// <summary>What each promises of an answered write and of reads, in a line.</summary>
    public static string Promises(IReadOnlyList<AgreementStrategy> strategies) =>
        "Promises: " + string.Join("; ", strategies.GroupBy(Promise).Select(same => $"{string.Join(", ", same.Select(strategy => strategy.Name))}: {same.Key}")) + ".";

    private static string Promise(AgreementStrategy strategy) =>
        $"{(strategy.IsLinearizable ? "linearizable" : "not linearizable")}, {(strategy.IsDurable ? "on disk before it is answered" : "in memory alone when it is answered")}{(strategy.IsConsensus ? "" : ", registers without one order of all writes")}";

    private static string Dropped(AgreementStrategy strategy, int servers)
    {
        var dropped = new List<string>();
        if (strategy.Holders(servers) == 1 && servers > 1)
        {
            dropped.Add("one server's crash loses answered writes");
        }

        if (!strategy.IsDurable)
        {
            dropped.Add("answered writes are never flushed, in memory alone");
        }

        if (!strategy.IsLinearizable)
        {
            dropped.Add("reads may be old");
        }

        return string.Join(", ", dropped);
    }

    private static double Answered(ComparisonCell cell) => LeastProduct.Mean(cell, "answered") ?? 0;
}
