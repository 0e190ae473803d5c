using Headroom.Dissemination.Swim;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>SWIM with k proxies and a suspicion of so many times ceil(ln(n + 1)) periods; news are repeated 3 ceil(ln(n + 1)) times.</summary>
public sealed record SwimStrategy(int Proxies = 3, int Suspicion = 3) : DetectionStrategy
{
    private const int Lambda = 3;

    public static DetectionProtocol Entry { get; } = new(
        new StrategyForm("swim", "ping one member a period, ask proxies when it is silent, suspect it for suspicion x ceil(ln(n+1)) periods; news ride on these messages",
            new StrategyParameter("proxies", 0, 20) { Default = 3 }, new StrategyParameter("suspicion", 0, 100) { Default = 3 }),
        call => new SwimStrategy(call.Int(0), call.Int(1)),
        new SwimStrategy(), new SwimStrategy(3, 0));

    public override string Name => $"swim({Proxies},{Suspicion})";

    public override Citation Citation { get; } = new("das2002", "sections 3 and 4");

    /// <summary>A random member each period instead of all in turn: the analysis' own model.</summary>
    public bool AtRandom { get; init; }

    public override string? Problem(DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return TooMany(setting, SwimOptions.MembersMax)
            ?? (setting.PeriodNs < 3 * setting.RoundTripNs ? $"{Name}: a period holds a direct answer and one by way of others, three round trips of {setting.RoundTripNs / 1e6:0.###} ms" : null);
    }

    public int SuspicionPeriods(int members) => Suspicion * LogMembers(members);

    public override ProcessFamily Family(DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new SwimOptions
        {
            Members = setting.Members,
            PeriodNs = setting.PeriodNs,
            AnswerNs = setting.RoundTripNs,
            Proxies = Proxies,
            SuspicionPeriods = SuspicionPeriods(setting.Members),
            Repeats = Lambda * LogMembers(setting.Members),
            InTurn = !AtRandom,
            InStep = setting.InStep,
        };
        options.Validate();
        return ProcessFamily.Of(() => new SwimTables(options), (tables, _) => new SwimProcess(tables));
    }

    /// <summary>
    /// In step, a crash is noticed in each period with probability 1 - (1 - 1/(n-1))^(n-1), at its end: e/(e-1) periods on average as n grows [das2002,
    /// section 3.1]. Out of step the first ping comes after one period on average, its failure shows a period later. Then the suspicion runs. With
    /// q = 1 - loss a ping is not answered with probability 1 - q^2, and none of k proxies helps with (1 - q^4)^k.
    /// </summary>
    public override double? Theory(DetectionMetric metric, DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        double others = setting.Members - 1;
        if (others < 1 || setting.Network.Bursts is not null || setting.Network.Duplication > 0)
        {
            return null;
        }

        double q = 1 - setting.Network.Loss;
        double unanswered = 1 - (q * q);
        double missed = unanswered * Elementary.Power(1 - (q * q * q * q), Proxies);
        double first = setting.InStep ? 1 / (1 - Elementary.Power(1 - (1 / others), (int)others)) : 2;
        double messages = 1 + q + (unanswered * Proxies * (1 + q + (q * q) + (q * q * q)));
        return metric switch
        {
            DetectionMetric.FirstDetection => (first + SuspicionPeriods(setting.Members)) * setting.PeriodNs / 1e9,
            DetectionMetric.Messages => messages,
            DetectionMetric.Bytes when setting.Network.Loss == 0 => messages * setting.Network.Packets.WireBytes(WireFrame.Length(SwimHead.Length(0), 0)),
            DetectionMetric.Mistakes when Suspicion == 0 => missed,
            _ => null,
        };
    }

    private static int LogMembers(int members) => Math.Max(1, (int)Math.Ceiling(Elementary.Log(members + 1.0)));
}
