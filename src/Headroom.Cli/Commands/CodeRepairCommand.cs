using System.CommandLine;
using Headroom.Cli.Rendering;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom code repair</c>: missing and damaged shards, rebuilt.</summary>
internal static class CodeRepairCommand
{
    private static readonly CodeOptions Code = new();
    private static readonly Option<bool> MissingOnly = new("--missing-only") { Description = "rebuild shards without a file and read only what that needs; by default all shards are verified first" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("repair", "rebuild missing and damaged shards in their folder") { CodeCommand.Shards, CodeCommand.Erase, MissingOnly };
        Code.AddTo(command);
        command.SetAction(parsed => CodeCommand.Run(parsed.GetValue(CodeCommand.Shards)!, null, () => Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(CodeCommand.Shards)!;
        int[] erased = CodeCommand.ReadErased(parsed);
        if (Code.Read(parsed) is { } code)
        {
            return RunRaw(path, code, erased, cancellation);
        }

        using ShardFolder folder = CodeCommand.Open(path, erased);
        int[] lost = [.. folder.Missing];
        if (!parsed.GetValue(MissingOnly))
        {
            VerifyReport report = CodeVerifyCommand.Verify(folder, cancellation);
            foreach (string line in CodeVerifyCommand.Describe(report, erased))
            {
                Console.Out.WriteLine(line);
            }

            if (report.FirstLost is not null)
            {
                throw CodeCommand.Wrong(path, "stays as it is: not everything in it can be rebuilt");
            }

            lost = [.. lost.Union(report.Lost)];
        }

        if (lost.Length == 0)
        {
            Console.Out.WriteLine("nothing to rebuild");
            return ExitCode.Done;
        }

        RepairSummary summary;
        using (var display = new ProgressDisplay())
        {
            summary = new ShardRepair(folder, lost).Run(CodeCommand.Progress(display, "repair", folder.StripesAtMost, stripes => $"stripe {stripes}"), cancellation);
        }

        Told(summary.Shards, summary.BytesRead, summary.BytesSent, summary.BytesRebuilt);
        return ExitCode.Done;
    }

    private static int RunRaw(string path, ErasureCode code, int[] erased, CancellationToken cancellation)
    {
        CodeCommand.RefuseUnknown(code, erased);
        using RawFolder folder = RawFolder.Open(path, code, erased);
        if (folder.Missing.Count == 0)
        {
            Console.Out.WriteLine("nothing to rebuild");
            return ExitCode.Done;
        }

        RepairOutcome outcome = code.PlanRepair(folder.Missing, [.. Enumerable.Range(0, code.TotalShards).Except(folder.Missing)]);
        RepairPlan plan = outcome as RepairPlan ?? throw CodeCommand.Wrong(path, outcome.ToString()!);
        using (var display = new ProgressDisplay())
        {
            folder.Repair(plan, CodeCommand.Progress(display, "repair"), cancellation);
        }

        long rebuilt = folder.ShardBytes * folder.Missing.Count;
        Told(folder.Missing, (long)(plan.ReadsPerLostByte * rebuilt), (long)(plan.SentPerLostByte * rebuilt), rebuilt);
        return ExitCode.Done;
    }

    private static void Told(IReadOnlyList<int> shards, long read, long sent, long rebuilt) =>
        Console.Out.WriteLine($"rebuilt shard{(shards.Count == 1 ? "" : "s")} {string.Join(", ", shards)}: read {CodeCommand.Bytes(read)}"
            + (rebuilt == 0 ? "" : $", {Print.Significant((double)read / rebuilt, 3)} per byte rebuilt")
            + (sent == read || rebuilt == 0 ? "" : $" ({Print.Significant((double)sent / rebuilt, 3)} would cross a network)"));
}
