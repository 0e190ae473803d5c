using Headroom.Audit.Links;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>What theory says of a group that agrees, where its formulas hold: nothing is lost, nobody fails. Elsewhere it steps aside, and says why.</summary>
internal static class AgreementTheory
{
    public const long DelayNs = 10_000_000;

    /// <summary>From one operation to the next there: longer than any takes.</summary>
    private const int DelaysApart = 40;

    private const int OperationsInDelays = 100;

    /// <summary>Where theory says nothing of a message's number.</summary>
    private const double MessagesByDefault = 40;

    /// <summary>Why no formula speaks of this setting, or null.</summary>
    public static string? SteppedAside(AgreementCase each) => each.HasFaults ? "formulas know no faults"
        : each.Setting.Network.Loss > 0 ? "formulas know no losses, after which everybody waits for a time-out"
        : PlainLinks.Problem(each.Setting.Network);

    /// <summary>Null where theory says nothing, or steps aside.</summary>
    public static CostCases? Of(AgreementStrategy strategy, AgreementMetric metric, AgreementCase each) => metric == AgreementMetric.Rounds ? strategy.Theory(metric, each.IsRead, InDelays(each.Setting))
        : SteppedAside(each) is not null ? null
        : metric == AgreementMetric.Answered ? CostCases.Exactly(1)
        : strategy.Theory(metric, each.IsRead, each.Setting);

    /// <summary>The setting in which message delays are counted: every link takes <see cref="DelayNs"/>, nothing else any time, and one operation is over before the next.</summary>
    public static AgreementSetting InDelays(AgreementSetting setting) => setting with
    {
        Places = AgreementPlaces.Uniform(setting.Servers, 1, DelayNs),
        Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
        Load = setting.Load with { Operations = OperationsInDelays, RatePerSecond = 1e9 / (DelaysApart * DelayNs) },
        DurabilityNs = 0,
        Crashes = 0,
        Faults = FaultPlan.None,
    };

    /// <summary>Messages of an operation, about: the work of a run.</summary>
    public static double MessagesExpected(AgreementStrategy strategy, AgreementCase each) =>
        strategy.Theory(AgreementMetric.Messages, each.IsRead, each.Setting) is { } messages && double.IsFinite(messages.Average) ? messages.Average : MessagesByDefault;
}
