using System.Text;
using Headroom.Audit.Report;
using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Cli.Commands;

/// <summary>A torture's first failure, for who is to find out why: how to see it again, the faults that it needs, and a picture of its last moments.</summary>
/// <param name="Protocol">As it is typed.</param>
/// <param name="Seed">The seed that failed.</param>
/// <param name="Again">The command that runs it, but for faults.</param>
/// <param name="Faults">The option that gave its faults; empty where the seed drew them.</param>
/// <param name="Drawing">Where the picture goes; null for a name of its own.</param>
/// <param name="Setting">How the protocol is set up, in words; null where that is not told.</param>
internal sealed record TortureFailure(string Protocol, ulong Seed, string Again, string Faults, string? Drawing, string? Setting)
{
    private const long WindowNsMax = 1_500_000_000;
    private const long WindowNsMin = 1_000_000;
    private const long AfterwardsNs = 50_000_000;

    public void Explain<TResult>(ITorture<TResult> torture, TResult failure, CancellationToken cancellation)
        where TResult : TortureOutcome
    {
        Violation first = failure.Violations[0];
        Console.Error.WriteLine($"seed {Seed}: {first.Check} does not hold: {first.What}, at {first.AtNs / 1e9:0.000000} s; again with: {Again}{Faults}");
        if (Setting is not null)
        {
            Console.Error.WriteLine(Setting);
        }

        FaultPlan small = FaultShrinker.Shrink(failure.Faults, plan =>
        {
            cancellation.ThrowIfCancellationRequested();
            return torture.Run(Seed, plan).Violations.Any(violation => violation.Check == first.Check);
        });
        Violation violation = torture.Run(Seed, small).Violations.First(violation => violation.Check == first.Check);
        Console.Error.WriteLine($"with {small.Faults.Count} of {failure.Faults.Faults.Count} faults: {violation.What}, at {violation.AtNs / 1e9:0.000000} s");
        Console.Error.WriteLine($"again with: {Again} --faults {CommandLine.Quoted(small.Faults.Count > 0 ? string.Join("; ", small.Faults) : "# none")}");
        if (Draw(torture, small, violation) is { } svg)
        {
            string file = Drawing ?? $"{Protocol}-{Seed}.svg";
            WholeFile.Write(file, Encoding.UTF8.GetBytes(svg), cancellation);
            Console.Error.WriteLine($"drawn: {file}");
        }
    }

    /// <summary>The longest time before the failure that a diagram can hold; null where it holds none.</summary>
    private string? Draw<TResult>(ITorture<TResult> torture, FaultPlan plan, Violation violation)
        where TResult : TortureOutcome
    {
        IReadOnlyList<string> names = torture.Roles(Seed).Names;
        long untilNs = Math.Min(torture.EndNs, violation.AtNs + AfterwardsNs);
        for (long windowNs = WindowNsMax; windowNs > WindowNsMin; windowNs /= 2)
        {
            long fromNs = Math.Max(0, untilNs - windowNs);
            SpaceTimeLog log = torture.Record(Seed, plan, fromNs, untilNs);
            var options = new SpaceTimeOptions { Title = $"{Protocol}, seed {Seed}, from {fromNs / 1e9:0.000} s: {violation.Check}", MemberNames = names };
            if (log.ArrowCount <= SpaceTimeLog.ArrowsMax && SpaceTimeDiagram.TryDraw(log, names.Count, out string? svg, out _, options))
            {
                return svg;
            }
        }

        return null;
    }
}
