using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Rumours;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Rumour mongering: see <see cref="RumourMongering"/>. A period is one link latency, or two where feedback must come back.</summary>
public sealed record RumourStrategy(Interest Interest, int K) : BroadcastStrategy
{
    public static BroadcastProtocol FeedbackCoinEntry { get; } = Entry(Interest.FeedbackCoin, "push to random members; with each that knew already lose interest with probability 1/k");

    public static BroadcastProtocol FeedbackCounterEntry { get; } = Entry(Interest.FeedbackCounter, "push to random members until k of them knew already");

    public static BroadcastProtocol BlindCoinEntry { get; } = Entry(Interest.BlindCoin, "push to random members; after each lose interest with probability 1/k");

    public static BroadcastProtocol BlindCounterEntry { get; } = Entry(Interest.BlindCounter, "push to k random members, one each period");

    public override string Name => $"{NameOf(Interest)}({K})";

    public override Protocol Protocol => Record;

    public override int ContactsPerRoundMax(BroadcastSetting setting) => 1;

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new RumourOptions
        {
            Topology = setting.Network.Topology,
            Interest = Interest,
            K = K,
            PeriodNs = Periods.OneWayNs(setting) * (HasFeedback ? 2 : 1),
            PushesMax = PushesMax(setting),
            IsAligned = setting.InRounds,
        };
        options.Validate();
        return ProcessFamily.Of(
            () => new BroadcastMemory<RumourState>(setting.Members, setting.Remembered), (memory, _) => new RumourMongering(options, memory));
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!Costs.IsMixed(setting))
        {
            return null;
        }

        double live = setting.Live;
        if (live < 2)
        {
            return null;
        }

        int steps = Costs.StepsPerLatency(setting);
        var course = new RumourCourse(Interest, K, setting.Members, live, setting.Network.Loss, steps, HasFeedback ? Costs.LateRoundTrips(setting) : 0);
        double pushesMost = PushesMost(setting, live);
        // The recursion knows no end but tiredness.
        double pushes = Math.Min(live * course.Pushes, pushesMost);
        double feedbacks = live * course.Feedbacks * (pushes / (live * course.Pushes));
        double answers = HasFeedback ? 1 : 0;
        double doublings = Math.Ceiling(Elementary.Log2(live) - 1e-9);
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return new CostCases(1, pushes, pushesMost);
            case BroadcastMetric.Messages:
                return new CostCases(1, pushes + feedbacks, (1 + answers) * pushesMost);
            case BroadcastMetric.Bytes:
                double payload = Costs.Payload(setting, BroadcastHead.Length);
                double control = answers * Costs.Control(setting, BroadcastHead.Length);
                return new CostCases(payload, (pushes * payload) + (feedbacks * control), pushesMost * (payload + control));
            case BroadcastMetric.Rounds:
                return new CostCases(doublings, course.Curve.LastStep(live), double.PositiveInfinity);
            case BroadcastMetric.Latency:
                return Costs.Latency(setting, doublings * Costs.OneCopySeconds(setting), course.Curve, live * course.Residue, steps);
            case BroadcastMetric.Delivered:
                return new CostCases(1, 1 - (course.Residue * live / (live - 1)), 0);
            default:
                return null;
        }
    }

    public override bool IsPacedByAnswers => HasFeedback;

    private bool HasFeedback => Interest is Interest.FeedbackCoin or Interest.FeedbackCounter;

    /// <summary>
    /// k(2m - 1) pushes by a counter with feedback where nothing is lost or late and nobody dead [demers1987, section 1.4]; else what stops everybody in any case.
    /// </summary>
    private double PushesMost(BroadcastSetting setting, double live)
    {
        double sure = live * PushesMax(setting);
        return Interest == Interest.FeedbackCounter && setting.Network.Loss == 0 && Costs.LateRoundTrips(setting) == 0 && live == setting.Members ? Math.Min(sure, K * ((2 * live) - 1)) : sure;
    }

    private static BroadcastProtocol Entry(Interest interest, string summary) => new(
        new StrategyForm(NameOf(interest), summary, new StrategyParameter("k", 1, RumourOptions.KMax)),
        call => new RumourStrategy(interest, call.Int(0)), new RumourStrategy(interest, 3));

    private static string NameOf(Interest interest) => interest switch
    {
        Interest.FeedbackCoin => "rumour-coin",
        Interest.FeedbackCounter => "rumour-counter",
        Interest.BlindCoin => "rumour-blind-coin",
        _ => "rumour-blind-counter",
    };

    private int PushesMax(BroadcastSetting setting) =>
        Interest == Interest.BlindCounter ? K : RumourOptions.PushesFor(setting.Members, K);

    private static Protocol Record { get; } = new()
    {
        Name = "rumour-mongering",
        Summary = "who has the payload pushes it to one random peer a period until it loses interest: by a coin 1/k or a counter k, with feedback from those who knew or blind",
        Messages = new Complexity("1", "m n payloads, m = -ln s; with feedback k (1 - s) n answers", "4 (log2 n + 4 k) n; k (2n - 1) for a counter with feedback and without faults; k n for a blind one"),
        Rounds = new Complexity("ceil(log2 n)", "log2 n + O(ln n) periods; with feedback a period is two rounds", "4 (log2 n + 4 k) periods for the last of those told, from one to the next"),
        Bytes = new Complexity("b", "m n b + k (1 - s) n c", "4 (log2 n + 4 k) n (b + c)"),
        Latency = "followed over phases of a period and classes of interest; mostly infinite, for a share is missed; where k is large enough within 10 % of runs from 100 members on, and of rounds too; a blind coin's runs that die at once make it up to 40 % shorter",
        Guarantee = "each member with a probability: a share s is missed, s = exp(-(k+1)(1-s)) with feedback and s = exp(-k(1-s)) blind; blind with k = 1 it soon dies out",
        FaultModel = "crashes and loss waste pushes; without feedback from the dead interest lasts longer",
        ScaleLimit = "a share is missed whatever n; repair is somebody else's (anti-entropy)",
        Citation = new Citation("demers1987", "section 1.4"),
    };
}
