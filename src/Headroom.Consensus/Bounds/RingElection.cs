using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>Halves of a ring that have not met must first do their own work.</summary>
internal static class RingElection
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.ring-election",
        Title = "Messages to elect a leader on a ring",
        Side = Side.Floor,
        Unit = Unit.Count("messages"),
        Parameters = [BoundParameter.Integer("members", "members of the ring, a power of two (n)", min: 1, max: 1L << 50)],
        Statement = "Every election on an asynchronous ring whose size its members do not know sends Omega(n log n) messages in some run: M(n) >= 2 M(n/2) + (n/2 - 1)/2, M(2) = 1.",
        Formula = "n/2 + n (log2 n - 1)/4 - (n/2 - 1)/2, for n >= 2",
        Regime = "Messages in the worst run (identifiers and delays against it), no faults, links both ways, deterministic, the greatest identifier leads and every member learns it; asynchronous, n a power of two and unknown to the members. On synchronous rings Omega(n log n) holds for those that only "
            + "compare identifiers [frederickson1987]: one that may count rounds by an identifier's value elects with O(n) messages in unbounded time.",
        AppearsIn = "token rings, overlay rings, elections among peers in a circle",
        MeansForYou = "LeLann-Chang-Roberts sends up to n(n + 1)/2 and Hirschberg-Sinclair at most about 8 n (1 + log2 n): the second is within a constant of what any can.",
        Citation = new Citation("burns1980", "the recurrence, as in the lower bound for asynchronous rings of [attiya2004]"),
        Evaluator = arguments =>
        {
            long n = (long)arguments["members"];
            return !long.IsPow2(n) ? BoundValue.Outside($"{n} is no power of two")
                : BoundValue.Of(n == 1 ? 0 : (n / 2.0) + (n * (long.Log2(n) - 1) / 4.0) - (((n / 2.0) - 1) / 2));
        },
        Examples =
        [
            new(new BoundArguments { ["members"] = 2 }, 1, "[attiya2004]: one message with two members"),
            new(new BoundArguments { ["members"] = 4 }, 2.5, "by the recurrence of [attiya2004]: 2 * 1 + (2 - 1)/2"),
            new(new BoundArguments { ["members"] = 8 }, 6.5, "by the recurrence of [attiya2004]: 2 * 2.5 + (4 - 1)/2"),
        ],
    };
}
