using System.Globalization;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Links;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>What is to be done for one way of agreeing in one setting: what theory says, and which experiments give the rest, or why nothing can.</summary>
internal sealed class AgreementCellPlan
{
    private const int CurvePoints = 400;

    public AgreementCellPlan(AgreementStrategy strategy, AgreementCase each, Seed seed)
    {
        (Strategy, Case) = (strategy, each);
        Problem = strategy.Problem(each.Setting);
        if (Problem is null)
        {
            InTime = RunsInTime(seed);
            InDelays = RunsInDelays(seed);
        }
    }

    public AgreementStrategy Strategy { get; }

    public AgreementCase Case { get; }

    /// <summary>Why the strategy cannot run here, or null.</summary>
    public string? Problem { get; }

    public Experiment? InTime { get; }

    public Experiment? InDelays { get; }

    public IEnumerable<Experiment> Experiments => new[] { InTime, InDelays }.OfType<Experiment>();

    private string Operation => Case.IsRead ? "reads" : "writes";

    private Experiment RunsInTime(Seed seed)
    {
        AgreementSetting setting = Case.Setting;
        NetworkOptions links = setting.Network;
        string faults = setting.Faults.Faults.Count > 0 ? $" faults {LinkText.DigestOf(setting.Faults.ToString())}," : "";
        string key = string.Create(CultureInfo.InvariantCulture,
            $"agreement in time: {Strategy}, {Operation}, {setting.Servers} servers, {setting.Clients} clients, {setting.Load.Operations} operations at {setting.Load.RatePerSecond:R}/s of {setting.Load.ValueBytes} B, {setting.Load.Keys} keys, ")
            + string.Create(CultureInfo.InvariantCulture, $"latency {Case.LatencyNs} ns{Case.RegionsDigest}, jitter {links.Jitter.MeanNs} ns, bandwidth {links.BandwidthBps:R},{LinkWords.KeyInTime(links)}{LinkWords.KeyAlways(links)}{faults} ")
            + string.Create(CultureInfo.InvariantCulture, $"loss {links.Loss:R}, disk {setting.DurabilityNs} ns, {setting.Crashes} crashes, seed {seed}");
        return Runs(Strategy, key, $"{Strategy}, {Case}", setting, seed, ["messages", "bytes", "latency", "answered"], OfTime);
    }

    /// <summary>Delays know neither latency nor rate: settings with as many servers share their runs.</summary>
    private Experiment RunsInDelays(Seed seed)
    {
        AgreementSetting setting = AgreementTheory.InDelays(Case.Setting);
        string key = $"agreement in delays: {Strategy}, {Operation} of {setting.Load.ValueBytes} B, {setting.Servers} servers, seed {seed}";
        return Runs(Strategy.WithoutWaiting, key, $"{Strategy} in delays, {setting.Servers} servers", setting, seed, ["rounds"], (outcome, _) =>
        {
            double[] delays = [.. outcome.LatenciesSeconds().Select(seconds => seconds * 1e9 / AgreementTheory.DelayNs)];
            return new Trial { Values = [("rounds", Mean(delays))], Pooled = [("rounds", delays)] };
        });
    }

    private Experiment Runs(AgreementStrategy strategy, string key, string doing, AgreementSetting setting, Seed seed, string[] judged, Func<AgreementOutcome, bool, Trial> trial)
    {
        Seed own = seed.Named(key);
        return new Experiment
        {
            Key = key,
            Doing = doing,
            Work = Math.Max(1, AgreementTheory.MessagesExpected(Strategy, Case) * setting.Load.Operations),
            Judged = judged,
            Prepare = () => (index, cancellation) => trial(SimulatedAgreement.Run(strategy, setting, own.At(index), cancellation), index == 0),
        };
    }

    private Trial OfTime(AgreementOutcome outcome, bool isFirst)
    {
        double[] seconds = outcome.LatenciesSeconds();
        (int reads, int writes) = outcome.Apart();
        return new Trial
        {
            Values =
            [
                ("messages", outcome.MessagesPerOperation),
                ("bytes", outcome.BytesPerOperation),
                ("latency", Mean(seconds)),
                ("answered", outcome.ShareAnswered),
                ("apart", (double)(reads + writes) / outcome.Operations),
                ("silence", outcome.SilenceNs() / 1e9),
                ("busiest", (double)outcome.BusiestBytes / outcome.Operations),
                ("events", outcome.Events),
            ],
            Pooled = [("latency", seconds)],
            Curve = isFirst && Case.HasFaults ? WaitingOverTime(outcome, Case.Setting.Load.DurationNs) : [],
        };
    }

    private static double Mean(double[] values) => values.Length == 0 ? 0 : values.Average();

    /// <summary>Operations that are due, evenly over the load's time, and not answered yet.</summary>
    private static List<(double X, double Y)> WaitingOverTime(AgreementOutcome outcome, long loadNs)
    {
        long[] answers = [.. outcome.Calls.Where(call => call.IsAnswered).Select(call => call.ReturnNs).Order()];
        var points = new List<(double, double)>(CurvePoints + 1);
        int answered = 0;
        for (int i = 0; i <= CurvePoints; i++)
        {
            double atNs = (double)loadNs * i / CurvePoints;
            while (answered < answers.Length && answers[answered] <= atNs)
            {
                answered++;
            }

            points.Add((atNs / 1e9, Math.Max(0, Math.Round(outcome.Operations * atNs / loadNs) - answered)));
        }

        return points;
    }
}
