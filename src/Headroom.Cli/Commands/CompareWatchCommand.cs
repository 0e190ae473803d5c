using System.CommandLine;
using Headroom.Audit.Comparisons.Watchers;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare watch</c>: the tables of docs/watch.md, run anew.</summary>
internal static class CompareWatchCommand
{
    private static readonly Option<string?> Table = new("--table") { Description = $"one table: {string.Join(", ", WatchTables.All.Select(table => table.Name))}; all otherwise", HelpName = "NAME" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => 2026 };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("watch", "ways of telling a thousand watchers of a store's changes, and what repair costs; tables of Markdown") { Table, SeedOption };
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? name = parsed.GetValue(Table);
        if (name is not null && !WatchTables.All.Any(table => table.Name == name))
        {
            throw new InputException(new Mark(Table.Name, 0, 0), $"there is no table '{name}'; there are {string.Join(", ", WatchTables.All.Select(table => table.Name))}");
        }

        foreach ((string each, string statement, Func<WatchTables, string> write) in WatchTables.All.Where(table => name is null || table.Name == name))
        {
            string text;
            using (var progress = new ProgressDisplay())
            {
                text = write(new WatchTables(new Seed(parsed.GetValue(SeedOption)), (share, what) => progress.Update("watch", share, what), cancellation));
            }

            Console.WriteLine($"{(name is null ? $"{each}: {statement}\n\n" : "")}{text}");
        }

        return ExitCode.Done;
    }
}
