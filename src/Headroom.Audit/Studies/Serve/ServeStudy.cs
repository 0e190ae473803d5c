using Headroom.Audit.Reading;
using Headroom.Balancing.Dispatch;
using Headroom.Balancing.Pools;
using Headroom.Evidence.Traces;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Queueing.Service;

namespace Headroom.Audit.Studies.Serve;

/// <summary>Requests before a pool of equal servers: what the dispatcher costs in delay and in servers.</summary>
/// <param name="requestsPerRun">Requests counted in each of the runs.</param>
public sealed class ServeStudy(int requestsPerRun = 40_000) : Study<ServeInput>
{

    private static readonly StrategyForm[] Forms =
    [
        new("random", "each request to a server by chance"),
        new("round-robin", "each request to the next server in turn"),
        new("power-of-choices", "the shorter queue among d servers drawn by chance", new StrategyParameter("d", 1, PowerOfChoices.ChoicesMax) { Default = 2 }),
        new("shortest-queue", "the server with the fewest requests"),
        new("shared-queue", "one queue; a server that is free takes the next request"),
    ];

    private static readonly Key<Quantity> ArrivalsKey =
        Keys.Quantity("arrivals", "850/s", "requests that arrive, a Poisson stream", "1e-9/s", "1e9/s").Required();

    private static readonly Key<Quantity> MeanKey = Keys.Quantity("mean", "4.2 ms", "mean service time", "1 ns", "1e6 s");
    private static readonly Key<double> CvKey = Keys.Number("cv", "standard deviation of the service time over its mean", 0, ServiceFit.MaxCv);
    private static readonly Key<string> FamilyKey = Keys.Choice("family", "the family that is fitted to mean and cv; by-cv: deterministic at 0, gamma below 1, exponential at 1, hyperexponential above",
        "by-cv", "gamma", "hyperexponential", "lognormal").Or("by-cv");
    private static readonly Key<string> TraceKey = Keys.File("trace", "recorded service times: one number a line, or CSV with 'column'");
    private static readonly Key<string> UnitKey = Keys.Text("unit", "the unit of the trace; may stand in the file as a line '# unit: us'");
    private static readonly Key<string> ColumnKey = Keys.Text("column", "the trace is CSV with a header, and this is the column");
    private static readonly Key[] ServiceKeys = [MeanKey, CvKey, FamilyKey, TraceKey, UnitKey, ColumnKey];

    private static readonly Key<ServedTimes> ServiceKey = new Key<ServedTimes>(
        "service", "a file of service times, or a mapping of mean and cv, or of trace, unit and column", "how long a request holds a server", ReadService)
    {
        Below = ServiceKeys,
    }.Required();

    private static readonly Key<long> ServersKey = Keys.Count("servers", "equal servers", 1, 100_000, "servers").Required();
    private static readonly Key<Quantity> P99Key = Keys.Positive("p99", "60 ms", "99 of 100 requests answered within");
    private static readonly Key<Quantity> GoalMeanKey = Keys.Positive("mean", "20 ms", "the mean time from arrival to answer");
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must meet", P99Key, GoalMeanKey);
    private static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "how requests are given to servers today", Forms).Required();

    internal static Metric P99 { get; } = new("p99", Unit.Second, Side.Floor, "time from arrival to answer that 99 of 100 requests stay within");

    internal static Metric Mean { get; } = new("mean", Unit.Second, Side.Floor, "mean time from arrival to answer");

    internal static Metric ServersNeeded { get; } = new("servers", Unit.Count("servers"), Side.Floor, "fewest servers with which the strategy meets the goal");

    internal static ClaimTopic Utilisation { get; } = new("utilisation", Unit.One, "share of the time that servers are busy");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "serve",
        Summary = "requests before a pool of equal servers: which dispatcher, how many servers, how long the delay",
        Keys = [ArrivalsKey, ServiceKey, ServersKey, GoalKey, NowKey],
        Metrics = [P99, Mean, ServersNeeded],
        Strategies = Forms,
        ClaimTopics = [Utilisation],
        Example = """
            arrivals: 850/s
            service: { mean: 4.2 ms, cv: 1.8 }   # or a trace: { trace: times.csv, column: time, unit: ms }
            servers: 6
            goal: { p99: 60 ms }
            now: random
            """,
    };

    /// <summary>The policies that every pool is tried with.</summary>
    internal static IReadOnlyList<StrategyCall> Tried { get; } =
    [
        StrategyCall.Of(Forms[0]), StrategyCall.Of(Forms[1]), StrategyCall.Of(Forms[2], 2), StrategyCall.Of(Forms[3]), StrategyCall.Of(Forms[4]),
    ];

    internal static Dispatcher DispatcherOf(StrategyCall call) => call.Name switch
    {
        "random" => Dispatcher.Random,
        "round-robin" => Dispatcher.RoundRobin,
        "power-of-choices" => Dispatcher.PowerOfChoices(call.Int(0)),
        "shortest-queue" => Dispatcher.ShortestQueue,
        "shared-queue" => Dispatcher.SharedQueue,
        _ => throw new ArgumentOutOfRangeException(nameof(call), call.Name, "not a strategy of serve"),
    };

    protected override ServeInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ServedTimes times = activity.Get(ServiceKey);
        Section? goal = activity.TryGet(GoalKey, out Section? given) ? given : null;
        double? p99 = goal is not null && goal.TryGet(P99Key, out Quantity tail) ? tail.Base : null;
        double? mean = goal is not null && goal.TryGet(GoalMeanKey, out Quantity average) ? average.Base : null;
        if (goal is not null && p99 is null && mean is null)
        {
            throw activity.Fail(GoalKey, "'goal' is empty; it takes p99 and mean");
        }

        return new ServeInput
        {
            ArrivalsPerS = activity.Get(ArrivalsKey).Base,
            Service = times.Service,
            ServiceOrigin = times.Origin,
            Family = times.Family,
            Cv = times.Cv,
            Servers = (int)activity.Get(ServersKey),
            GoalP99S = p99,
            GoalMeanS = mean,
            Now = activity.Get(NowKey),
        };
    }

    protected override StudyResult Run(ServeInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return new ServeRun(input, context, requestsPerRun).Result();
    }

    private sealed record ServedTimes(ServiceDistribution Service, double Cv, string Origin, ServiceFamily? Family);

    private static ServedTimes ReadService(Node node, ReadingContext context)
    {
        if (node is ScalarNode { Text.Length: > 0 } scalar)
        {
            return Quantity.TryParse(scalar.Text, out Quantity quantity, out _) && quantity.Dimension == Dimension.OfTime
                ? throw new InputException(node.Mark, $"'service' needs more than a mean: write {{ mean: {scalar.Text}, cv: 1 }}, with the cv that you know or believe, or name a file of recorded times")
                : OfTrace(InputFiles.One("service", scalar.Text, node.Mark, context), scalar.Text, null, null);
        }

        Section section = Section.Read(node, "'service'", ServiceKeys, context);
        if (section.TryGet(TraceKey, out string? path))
        {
            Key? both = new Key[] { MeanKey, CvKey, FamilyKey }.FirstOrDefault(section.IsGiven);
            return both is not null
                ? throw section.Fail(both, $"'service' has a trace, which says all that '{both.Name}' would")
                : OfTrace(path, Path.GetFileName(path), UnitOf(section), section.TryGet(ColumnKey, out string? column) ? column : null);
        }

        if (new Key[] { UnitKey, ColumnKey }.FirstOrDefault(section.IsGiven) is { } stray)
        {
            throw section.Fail(stray, $"'{stray.Name}' speaks of a trace, and none is named");
        }

        return !section.TryGet(MeanKey, out Quantity mean) ? throw new InputException(section.Mark, "'service' needs mean and cv, or a trace")
            : !section.TryGet(CvKey, out double cv) ? throw new InputException(section.Mark, "'service' needs a cv beside the mean: 0 if all requests are alike, 1 if exponential, more if a few are long")
            : OfMoments(section, mean.Base, cv);
    }

    private static ServedTimes OfMoments(Section section, double meanS, double cv)
    {
        ServiceFamily family = section.Get(FamilyKey) switch
        {
            "gamma" => ServiceFamily.Gamma,
            "hyperexponential" => ServiceFamily.Hyperexponential,
            "lognormal" => ServiceFamily.Lognormal,
            _ => ServiceFamily.ByCv,
        };
        return ServiceFit.TryFit(meanS, cv, family, out ServiceDistribution? service, out string? problem)
            ? new ServedTimes(service, cv, $"{service.Name} service, fitted to the stated mean and cv", family)
            : throw section.Fail(CvKey, problem);
    }

    private static ServedTimes OfTrace(string path, string shownAs, Unit? unit, string? column)
    {
        ServiceTimeTrace trace = EvidenceFile.Parse(path, content =>
        {
            using var text = new StringReader(content);
            return ServiceTimeReader.Read(text, unit, column);
        });

        double correlation = trace.NeighbourCorrelation;
        string order = Math.Abs(correlation) * Math.Sqrt(trace.TimesS.Count) < 3
            ? "neighbours are uncorrelated"
            : $"neighbours have a correlation of {Print.Significant(correlation, 2)}, which is lost";
        DiscreteService service = DiscreteService.OfTrace([.. trace.TimesS]);
        return new ServedTimes(service, service.Cv, $"{trace.TimesS.Count:N0} recorded times of {shownAs}, drawn independently ({order})", null);
    }

    private static Unit? UnitOf(Section section) => !section.TryGet(UnitKey, out string? name) ? null
        : !Unit.TryParse(name, out Unit? unit, out string? problem) ? throw section.Fail(UnitKey, problem)
        : unit.Dimension != Dimension.OfTime ? throw section.Fail(UnitKey, $"'unit' is a unit of time; {name} is {unit.Dimension}")
        : unit;
}
