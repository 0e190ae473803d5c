using System.Diagnostics.CodeAnalysis;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Watch;

/// <summary>A way of telling watchers, each adding to the one before: to all, by interest, as deltas, in batches; over relays or not.</summary>
public sealed record WatchStrategy(bool IsGrouped, bool IsDelta = false, long BatchNs = 0, int? RelayFanOut = null)
{
    private const double NsPerMs = 1e6;

    private static readonly StrategyForm NaiveForm = new("naive", "each change, as the whole object, to every watcher");
    private static readonly StrategyForm GroupedForm = new("grouped", "each change, as the whole object, to those whom it interests, encoded once for watchers of the same interest");
    private static readonly StrategyForm DeltaForm = new("delta", "and of each change only the fields that are written, without what they share with those before");
    private static readonly StrategyForm BatchedForm = new("batched", "and the changes of a window in one entry of the store's log and one message a group",
        new StrategyParameter("window", 1e-3, 60_000) { Default = 50, IsWhole = false, Unit = Unit.Millisecond });

    private static readonly StrategyForm RelayedForm = new("relayed", "over a tree of relays, each with so many children at most", new StrategyParameter("fan-out", 2, 100_000) { Default = 32 });

    public static IReadOnlyList<StrategyForm> Forms { get; } = [NaiveForm, GroupedForm, DeltaForm, BatchedForm];

    public static IReadOnlyList<StrategyForm> Wrappers { get; } = [RelayedForm];

    public string Name => (RelayFanOut is { } fanOut ? $"relayed({fanOut})+" : "")
        + (BatchNs > 0 ? $"batched({(BatchNs % 1_000_000_000 == 0 ? $"{BatchNs / 1_000_000_000} s" : $"{Print.Significant(BatchNs / NsPerMs, 6)} ms")})" : IsDelta ? "delta" : IsGrouped ? "grouped" : "naive");

    /// <summary>Reads <c>relayed(32)+batched(50 ms)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WatchStrategy? strategy, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        strategy = null;
        string[] parts = text.Split('+');
        if (!StrategyCall.TryParse(parts[^1], Forms, out StrategyCall? call, out problem))
        {
            return false;
        }

        var read = new WatchStrategy(call.Form != NaiveForm, call.Form == DeltaForm || call.Form == BatchedForm, call.Form == BatchedForm ? (long)Math.Round(call[0] * NsPerMs) : 0);
        foreach (string part in parts[..^1])
        {
            if (!StrategyCall.TryParse(part, Wrappers, out StrategyCall? wrapper, out problem))
            {
                return false;
            }

            if (read.RelayFanOut is not null)
            {
                problem = $"'{wrapper.Name}' stands once in a strategy; found '{text}'";
                return false;
            }

            read = read with { RelayFanOut = wrapper.Int(0) };
        }

        strategy = read;
        problem = null;
        return true;
    }

    /// <summary>These options by this strategy.</summary>
    public WatchOptions In(WatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { IsGrouped = IsGrouped, IsDelta = IsDelta, BatchNs = BatchNs, RelayFanOut = RelayFanOut };
    }

    public override string ToString() => Name;
}
