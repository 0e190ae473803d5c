using System.CommandLine;
using Headroom.Audit.Comparisons.Commits;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare truetime</c>: the tables of docs/truetime.md, run anew.</summary>
internal static class CompareTrueTimeCommand
{
    private const int RunsMax = 1000;

    private static readonly Option<string?> Table = new("--table") { Description = $"one table: {string.Join(", ", CommitTables.All.Select(table => table.Name))}; all otherwise", HelpName = "NAME" };
    private static readonly Option<int> Runs = new("--runs") { Description = "runs for each row", DefaultValueFactory = _ => 8 };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => 2026 };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("truetime", "commits over groups: clock intervals, local clocks and an oracle, optimistic and wound-wait; tables of Markdown") { Table, Runs, SeedOption };
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        int runs = parsed.GetValue(Runs);
        if (runs is < 2 or > RunsMax)
        {
            throw new InputException(new Mark(Runs.Name, 0, 0), $"from 2 to {RunsMax} runs are expected; an interval takes two");
        }

        string? name = parsed.GetValue(Table);
        if (name is not null && !CommitTables.All.Any(table => table.Name == name))
        {
            throw new InputException(new Mark(Table.Name, 0, 0), $"there is no table '{name}'; there are {string.Join(", ", CommitTables.All.Select(table => table.Name))}");
        }

        foreach ((string each, string statement, Func<CommitTables, string> write) in CommitTables.All.Where(table => name is null || table.Name == name))
        {
            string text;
            using (var progress = new ProgressDisplay())
            {
                text = write(new CommitTables(runs, new Seed(parsed.GetValue(SeedOption)), (share, what) => progress.Update("truetime", share, what), cancellation));
            }

            Console.WriteLine($"{(name is null ? $"{each}: {statement}\n\n" : "")}{text}");
        }

        return ExitCode.Done;
    }
}
