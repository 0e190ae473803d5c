using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>One protocol under a steady rate of broadcasts, and the rate at which its lines no longer keep up.</summary>
internal sealed class BroadcastLoad
{
    /// <summary>Saturated: each broadcast ends later than the one before by more than this share of the interval between them.</summary>
    public const double GrowthMax = 0.05;

    /// <summary>Broadcasts of a calm run.</summary>
    public const int CalmBroadcasts = 8;

    private const int BroadcastsWanted = 32;
    private const int BroadcastsMin = 12;
    public const double MessagesMax = 5_000_000;
    private const double RememberedMax = 20_000_000;
    private const double Narrow = 1.03;
    private const int DoublingsMax = 20;

    /// <summary>A run lasts so many times as long as a broadcast takes, or what it piles up is not seen before its end.</summary>
    private const double DeliveriesOfRun = 8;

    private readonly BroadcastStrategy _strategy;
    private readonly BroadcastSetting _setting;
    private readonly double _broadcastsMax;

    /// <param name="strategy">The protocol.</param>
    /// <param name="setting">The setting; its faults are left out.</param>
    /// <param name="messages">Messages that one broadcast is expected to take.</param>
    /// <param name="messagesMax">A run is no longer than so many messages take.</param>
    public BroadcastLoad(BroadcastStrategy strategy, BroadcastSetting setting, double messages, double messagesMax = MessagesMax)
    {
        _broadcastsMax = Math.Min(messagesMax / Math.Max(1, messages), RememberedMax / setting.Members);
        (_strategy, _setting) = (strategy, setting);
    }

    /// <summary>One run at a rate, long enough to show whether backlogs grow; <c>IsShort</c> when that would be too many broadcasts to run, and growth may stay unseen.</summary>
    public (SustainedOutcome Outcome, bool IsShort) At(double ratePerSecond, double deliverySeconds, Seed seed, CancellationToken cancellation)
    {
        double wanted = Math.Max(BroadcastsWanted, Math.Ceiling(DeliveriesOfRun * ratePerSecond * deliverySeconds));
        int broadcasts = (int)Math.Max(BroadcastsMin, Math.Min(wanted, _broadcastsMax));
        return (Run(broadcasts, Math.Max(1, (long)Math.Round(1e9 / ratePerSecond)), seed, cancellation), broadcasts < wanted / 2);
    }

    /// <summary>Broadcasts so far apart that none meets another.</summary>
    public SustainedOutcome Calm(Seed seed, CancellationToken cancellation, int broadcasts = CalmBroadcasts)
    {
        NetworkOptions network = _setting.Network;
        long payloadNs = network.SerialisationNs(network.Packets.WireBytes(BroadcastHead.MessageBytes(_setting.PayloadBytes)));
        long intervalNs = checked(1_000_000_000 + (20 * (network.Topology.GreatestLatencyNs + network.Jitter.MeanNs)) + (4 * _setting.Members * payloadNs));
        return Run(broadcasts, intervalNs, seed.Named("calm"), cancellation);
    }

    /// <summary>
    /// By bisection, from the rate that the busiest line of a calm run would bear: the highest rate found at which lines keep up and the lowest at which they do
    /// not, within 3 % of each other. Infinite where lines have no end.
    /// </summary>
    public SaturationFound Saturation(Seed seed, CancellationToken cancellation)
    {
        SustainedOutcome calm = Calm(seed, cancellation);
        double delivered = _setting.Live < 2 ? 1 : (calm.Deliveries.Average() - 1) / (_setting.Live - 1);
        double bitsPerSecond = _setting.Network.BandwidthBps;
        if (double.IsPositiveInfinity(bitsPerSecond))
        {
            return new SaturationFound(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, delivered, false);
        }

        double deliverySeconds = calm.MeanDeliveryNs.Average() / 1e9;
        bool isShort = false;
        bool IsSaturated(double ratePerSecond)
        {
            (SustainedOutcome outcome, bool isTooShort) = At(ratePerSecond, deliverySeconds, seed, cancellation);
            bool grows = outcome.Growth() > GrowthMax;
            isShort |= isTooShort && !grows;
            return grows;
        }

        double lineRate = bitsPerSecond * CalmBroadcasts / (8.0 * calm.BusiestLineBytes);
        double low = lineRate / 1.25;
        double high = lineRate * 1.25;
        for (int i = 0; i < DoublingsMax && IsSaturated(low); i++)
        {
            (low, high) = (low / 2, low);
        }

        for (int i = 0; i < DoublingsMax && !IsSaturated(high); i++)
        {
            (low, high) = (high, high * 2);
        }

        while (high > low * Narrow)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = IsSaturated(middle) ? (low, middle) : (middle, high);
        }

        return new SaturationFound(low, high, lineRate, delivered, isShort);
    }

    private SustainedOutcome Run(int broadcasts, long intervalNs, Seed seed, CancellationToken cancellation)
    {
        BroadcastSetting setting = _setting with { Remembered = broadcasts };
        return _strategy.Family(setting).On(new SustainedBroadcast(setting, broadcasts, intervalNs, seed, _strategy.SettlingNs(setting), _strategy.WatchNs(setting), cancellation));
    }
}

/// <summary>The bracket of the rate, what the busiest line of a calm run would bear, the share delivered in it, and whether some run was too short to show growth.</summary>
internal readonly record struct SaturationFound(double Low, double High, double LineRate, double Delivered, bool IsShort);
