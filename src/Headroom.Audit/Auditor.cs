using System.Runtime.ExceptionServices;
using Headroom.Audit.Claims;
using Headroom.Audit.Studies;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit;

/// <summary>How an audit runs.</summary>
public sealed record AuditOptions
{
    public required Seed Seed { get; init; }

    public required string Command { get; init; }

    /// <summary>Only activities of these slugs; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Activities that run side by side. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Called with the activity, the share of it done and what is being done; from several threads.</summary>
    public Action<string, double, string>? OnProgress { get; init; }
}

/// <summary>Runs every activity of a system, confirms violations with a longer run and a fresh seed, judges the claims, ranks by money.</summary>
public static class Auditor
{
    private const int ConfirmationEffort = 4;

    public static AuditResult Run(SystemFile system, AuditOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        Activity[] chosen = [.. system.Activities.Where(a => options.Only.Count == 0 || options.Only.Contains(Slug.Of(a.Name)))];
        var results = new ActivityResult[chosen.Length];
        try
        {
            _ = Parallel.For(0, chosen.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Max(1, options.Threads) },
                i => results[i] = RunActivity(system, chosen[i], options, cancellation));
        }
        catch (AggregateException e)
        {
            // The first in the file's order is told, as it was thrown; the others would repeat or hide it.
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions.OfType<OperationCanceledException>().FirstOrDefault() ?? e.Flatten().InnerExceptions[0]);
        }

        return new AuditResult
        {
            System = system.Name,
            Seed = options.Seed,
            Prices = system.Prices,
            Command = options.Command,
            Activities = [.. results.OrderByDescending(AtStake)],
        };
    }

    /// <summary>Yearly dollars from now to best; what has no price ranks last, in the file's order.</summary>
    public static double AtStake(ActivityResult activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Headline.MoneyToBest ?? double.NegativeInfinity;
    }

    private static ActivityResult RunActivity(SystemFile system, Activity activity, AuditOptions options, CancellationToken cancellation)
    {
        var context = new StudyContext
        {
            Activity = activity.Name,
            Kind = activity.Kind,
            Seed = options.Seed.Named(Slug.Of(activity.Name)),
            Prices = system.Prices,
            Claims = activity.Claims,
            Threads = Math.Max(1, options.Threads),
            Cancellation = cancellation,
            OnProgress = options.OnProgress is { } report ? (share, doing) => report(activity.Name, share, doing) : null,
        };
        context.Report(0, "starting");
        StudyResult result = activity.Run(context);
        if (result.Findings.Any(f => f.Verdict == Verdict.Violated))
        {
            result = Confirm(activity, context, result);
        }

        options.OnProgress?.Invoke(activity.Name, 1, "done");
        return new ActivityResult(activity.Name, activity.Kind, result.Findings, ClaimJudge.JudgeAll(activity.Claims, result), result.Exhibits, result.Notes);
    }

    /// <summary>A violation stands only if a longer run with a fresh seed shows it again; otherwise the longer run's findings count.</summary>
    private static StudyResult Confirm(Activity activity, StudyContext context, StudyResult first)
    {
        var longer = new StudyContext
        {
            Activity = context.Activity,
            Kind = context.Kind,
            Seed = context.Seed.Named("confirmation"),
            Prices = context.Prices,
            Claims = context.Claims,
            Threads = context.Threads,
            Effort = context.Effort * ConfirmationEffort,
            Cancellation = context.Cancellation,
            OnProgress = context.OnProgress,
        };
        StudyResult second = activity.Run(longer);
        IEnumerable<Finding> confirmed = first.Findings.Select(f => f.Verdict != Verdict.Violated ? f
            : second.Findings.FirstOrDefault(s => s.Id == f.Id) is { } again
                ? again with { VerdictReason = again.Verdict == Verdict.Violated ? $"{again.VerdictReason}; confirmed by a longer run with a fresh seed" : "a violation in the first run was not confirmed by a longer one" }
                : f);
        return first with { Findings = [.. confirmed] };
    }
}
