using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>
/// Whether a strategy's members bear the activity's rate. Cheap questions first: whether one line could carry a whole broadcast at that rate; what the busiest
/// line of a few broadcasts would bear; only near that, a run at the rate itself, and only of who fails it the rate at which it saturates.
/// </summary>
internal static class BroadcastRate
{
    /// <summary>Messages of one run.</summary>
    private const double MessagesMax = 400_000;

    /// <summary>Messages of a search for the rate at which it saturates.</summary>
    private const double SearchMessagesMax = 4_000_000;

    private const int BroadcastsOfARun = 32;
    private const int RunsOfASearch = 10;

    /// <summary>Below this share of what the busiest line of a few broadcasts would bear nothing piles up: over many broadcasts no line is busier.</summary>
    private const double Calm = 0.7;

    /// <summary>Null where no rate was stated.</summary>
    public static RateVerdict? Of(BroadcastStrategy strategy, BroadcastInput input, BroadcastOutcome? first, FloodArithmetic? counted, Seed seed, CancellationToken cancellation)
    {
        if (input.RatePerSecond is not { } rate)
        {
            return null;
        }

        BroadcastSetting setting = input.Setting with { Faults = FaultPlan.None, SwarmNs = null, Network = input.Setting.Network with { QueueBytesMax = null } };
        NetworkOptions network = setting.Network;
        bool hasSlow = input.Setting.Faults.Faults.Any(fault => fault is { Kind: FaultKind.Slow, DelayNs: > 0 });
        double bytes = first?.WireBytes ?? counted!.Bytes;
        if (!hasSlow && 8 * bytes * rate <= network.BandwidthBps)
        {
            return new RateVerdict(true, network.BandwidthBps / (8 * bytes), "");
        }

        if (!hasSlow && strategy is FloodingStrategy && network.Topology.IsComplete)
        {
            // Every member's line sends n - 1 copies of each broadcast (n - 2 but for the origin's), and takes in as many.
            double each = bytes / (first?.Messages ?? counted!.Copies) * (setting.Members - 1);
            return Judged(rate, network.BandwidthBps / (8 * each), "by count: every line carries n - 1 copies of each broadcast");
        }

        double messages = Math.Max(1, first!.Messages);
        var load = new BroadcastLoad(strategy, setting, messages, MessagesMax);
        int broadcasts = (int)Math.Clamp(MessagesMax / messages, 1, BroadcastLoad.CalmBroadcasts);
        SustainedOutcome calm = load.Calm(seed, cancellation, broadcasts);
        string line = calm.IsBusiestSending ? "the line of a member that sends" : "the line of a member that takes in";
        double lineRate = network.BandwidthBps * broadcasts / (8.0 * Math.Max(1, calm.BusiestLineBytes));
        (double hostRate, int host) = SlowestHost(input.Setting.Faults, calm, broadcasts);
        if (hostRate < Math.Min(rate, lineRate))
        {
            return new RateVerdict(false, hostRate, $"member {host} is slow and takes in all it is sent no faster");
        }

        if (rate <= Calm * lineRate)
        {
            return new RateVerdict(true, lineRate, $"{line} would bear about {BroadcastWords.Number(lineRate)}/s");
        }

        if (messages * BroadcastsOfARun > MessagesMax)
        {
            return Judged(rate, lineRate, $"by what {line} carries; runs under load would be too large");
        }

        (SustainedOutcome outcome, bool isShort) = load.At(rate, calm.MeanDeliveryNs.Average() / 1e9, seed, cancellation);
        if (outcome.Growth() <= BroadcastLoad.GrowthMax && !isShort)
        {
            return new RateVerdict(true, rate, "no backlog grows in a run at the stated rate");
        }

        if (messages * BroadcastsOfARun * RunsOfASearch > SearchMessagesMax || outcome.Growth() <= BroadcastLoad.GrowthMax)
        {
            return Judged(rate, lineRate, $"by what {line} carries");
        }

        SaturationFound found = load.Saturation(seed, cancellation);
        return new RateVerdict(false, Math.Sqrt(found.Low * found.High), $"backlogs grow in a run at the stated rate, first on {line}");
    }

    /// <summary>What is missed, as a goal is; null where the rate is borne or none was stated.</summary>
    public static string? Missed(BroadcastInput input, RateVerdict? verdict) => verdict is not { Sustains: false } ? null
        : $"saturates at about {BroadcastWords.Number(verdict.SaturatesAt)}/s, below the stated {BroadcastWords.Number(input.RatePerSecond!.Value)}/s ({verdict.Words})";

    private static RateVerdict Judged(double rate, double saturatesAt, string words) => new(rate <= saturatesAt, saturatesAt, words);

    /// <summary>A slow member bears as many broadcasts a second as it finds time for, its messages one after the other.</summary>
    private static (double Rate, int Member) SlowestHost(FaultPlan faults, SustainedOutcome calm, int broadcasts)
    {
        (double Rate, int Member) least = (double.PositiveInfinity, -1);
        foreach (Fault fault in faults.Faults.Where(fault => fault is { Kind: FaultKind.Slow, DelayNs: > 0 }))
        {
            double each = (double)calm.ReceivedMessages[fault.Member] / broadcasts * fault.DelayNs / 1e9;
            if (each > 0 && 1 / each < least.Rate)
            {
                least = (1 / each, fault.Member);
            }
        }

        return least;
    }
}
