using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Flooding of a complete graph with too many links to run, by exact arithmetic.</summary>
/// <param name="Copies">n - 1 by the origin, n - 2 by every other live member, n - 1 with echo.</param>
/// <param name="Bytes">On the wire.</param>
/// <param name="Rounds">Until the goal's share has it, on average: one, or two where the origin's own copies miss too many.</param>
/// <param name="ShareInFirstRound">Mean share of the receivers that the origin's own copies reach.</param>
/// <param name="TimeNsMax">The origin's own copies bound the time; <see cref="long.MaxValue"/> where they may be lost.</param>
public sealed record FloodArithmetic(long Copies, long Bytes, double Rounds, double ShareInFirstRound, long TimeNsMax)
{
    /// <summary>Members that two rounds miss on average, where they may be called none.</summary>
    private const double NobodyMissed = 1e-9;

    /// <summary>Whether the strategy is counted here and not run.</summary>
    public static bool Holds(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return strategy is FloodingStrategy && setting.Network.Topology is { IsComplete: true, Links: > BroadcastLinks.LinksMax };
    }

    /// <summary>From so many copies on, rounds are counted where they can be, and not run.</summary>
    private const long CopiesRunMax = 250_000;

    /// <summary>
    /// Why what is counted cannot be here, or null. With a loss p the origin misses a receiver with probability p, and each of the other live - 2 receivers does
    /// with 1 - (1-p)^2, so that two rounds miss (live - 1) p (1 - (1-p)^2)^(live - 2) on average: where that is not nothing, neither rounds nor copies follow.
    /// </summary>
    public static string? Problem(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!Holds(strategy, setting))
        {
            return null;
        }

        string tooMany = $"{strategy}: {setting.Network.Topology.Links} links are too many to run, and";
        if (BroadcastTheory.SteppedAside(setting) is { } aside)
        {
            return $"{tooMany} it cannot be counted: {aside}";
        }

        return MissedByTwoRounds(setting) <= NobodyMissed ? null : $"{tooMany} it cannot be counted: at a loss of {BroadcastWords.Percent(setting.Network.Loss)} two rounds may miss somebody";
    }

    /// <summary>Whether rounds are counted in place of runs: of many copies on a complete graph whose losses leave nobody out of two rounds.</summary>
    public static bool CountsRounds(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return strategy is FloodingStrategy { Echo: var echo } && setting.Network.Topology.IsComplete && FloodCounts.OnComplete(setting.Members, setting.Live, echo) > CopiesRunMax
            && BroadcastTheory.SteppedAside(setting) is null && MissedByTwoRounds(setting) <= NobodyMissed;
    }

    private static double MissedByTwoRounds(BroadcastSetting setting)
    {
        double loss = setting.Network.Loss;
        double arrives = 1 - loss;
        return loss == 0 ? 0 : (setting.Live - 1) * loss * Elementary.Exp((setting.Live - 2) * Elementary.Log1P(-arrives * arrives));
    }

    public static FloodArithmetic Of(FloodingStrategy strategy, BroadcastInput input)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(input);
        NetworkOptions network = input.Setting.Network;
        long copies = FloodCounts.OnComplete(input.Setting.Members, input.Live, strategy.Echo);
        long bytesEach = network.Packets.WireBytes(BroadcastHead.MessageBytes(input.Setting.PayloadBytes));
        bool isSure = network.Loss == 0 && network.Jitter.MaxNs is not null;
        long timeNsMax = isSure
            ? (input.Setting.Members * network.SerialisationNs(bytesEach)) + network.Topology.GreatestLatencyNs + network.Jitter.MaxNs!.Value
            : long.MaxValue;
        double second = network.Loss == 0 ? 0 : Distributions.BinomialCdf(input.Needed - 2, input.Live - 1, 1 - network.Loss);
        return new FloodArithmetic(copies, checked(copies * bytesEach), 1 + second, 1 - network.Loss, timeNsMax);
    }

    /// <summary>Mean share of the receivers that have it after so many rounds.</summary>
    public double ShareBy(long rounds) => rounds >= 2 ? 1 : ShareInFirstRound;
}
