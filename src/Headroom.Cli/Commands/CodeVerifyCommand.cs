using System.CommandLine;
using Headroom.Cli.Rendering;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom code verify</c>: every block of every shard.</summary>
internal static class CodeVerifyCommand
{
    private static readonly CodeOptions Code = new();

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("verify", "read every shard; exit code 4 when something is missing or damaged") { CodeCommand.Shards };
        Code.AddTo(command);
        command.SetAction(parsed => CodeCommand.Run(parsed.GetValue(CodeCommand.Shards)!, null, () => Run(parsed, cancellation)));
        return command;
    }

    public static VerifyReport Verify(ShardFolder folder, CancellationToken cancellation)
    {
        using var display = new ProgressDisplay();
        return ShardVerifier.Verify(folder, CodeCommand.Progress(display, "verify", folder.StripesAtMost, stripes => $"stripe {stripes}"), cancellation);
    }

    /// <summary>What was found, line by line; nothing about shards that are whole.</summary>
    public static IEnumerable<string> Describe(VerifyReport report, params int[] erased)
    {
        foreach (string problem in report.Problems)
        {
            yield return $"set aside: {problem}";
        }

        foreach (ShardState shard in report.Shards.Where(shard => !shard.IsWhole))
        {
            yield return $"shard {shard.Shard}: " + (shard.File is null ? (erased.Contains(shard.Shard) ? "taken for lost" : "missing")
                : shard.DamagedBlocks > 0 ? $"{shard.DamagedBlocks} of {report.Stripes} blocks damaged, the first in stripe {shard.FirstDamaged} ({shard.File})"
                : $"{shard.ExtraBytes} bytes too many at its end ({shard.File})");
        }

        int lost = report.Lost.Count;
        yield return report.FirstLost is { } first ? $"{report.Code}: {Math.Max(1, report.LostStripes)} of {Math.Max(1, report.Stripes)} stripes cannot be decoded; {first}"
            : lost == 0 && report.Problems.Count == 0 ? $"{report.Code}: all {report.Shards.Count} shards whole, {CodeCommand.Bytes(report.ContentBytes ?? 0)} of content; any {report.Code.FailuresSurvived} shards may be lost"
            : lost == 0 ? $"{report.Code}: all {report.Shards.Count} shards whole"
            : $"{report.Code}: {lost} of {report.Shards.Count} shards to rebuild; all {CodeCommand.Bytes(report.ContentBytes ?? 0)} of content can be decoded"
                + (report.Code.FailuresSurvived > lost ? $", and after any {report.Code.FailuresSurvived - lost} more losses" : "");
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(CodeCommand.Shards)!;
        if (Code.Read(parsed) is { } code)
        {
            return RunRaw(path, code, cancellation);
        }

        using ShardFolder folder = ShardFolder.Open(path);
        VerifyReport report = Verify(folder, cancellation);
        foreach (string line in Describe(report))
        {
            Console.Out.WriteLine(line);
        }

        return report.IsWhole ? ExitCode.Done : ExitCode.AnswerIsNo;
    }

    /// <summary>Raw shards can only be held against each other.</summary>
    private static int RunRaw(string path, ErasureCode code, CancellationToken cancellation)
    {
        using RawFolder folder = RawFolder.Open(path, code, []);
        try
        {
            using var display = new ProgressDisplay();
            new RawShards(code, folder.ShardBytes).Verify(folder.Files, CodeCommand.Progress(display, "verify"), cancellation);
        }
        catch (ShardException e)
        {
            Console.Out.WriteLine(e.Message);
            return ExitCode.AnswerIsNo;
        }

        int present = code.TotalShards - folder.Missing.Count;
        Console.Out.WriteLine(folder.Missing.Count == 0 ? $"{code}: all {present} shards agree"
            : $"{code}: shards {string.Join(", ", folder.Missing)} missing; the other {present} {(present > code.DataShards ? "agree" : "suffice, and nothing is left to hold them against")}");
        return folder.Missing.Count == 0 ? ExitCode.Done : ExitCode.AnswerIsNo;
    }
}
