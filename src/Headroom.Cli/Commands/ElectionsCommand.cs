using System.CommandLine;
using System.Globalization;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Elections;
using Headroom.Evidence;
using Headroom.Evidence.Elections;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom elections</c>: how long a Raft group is without a leader, beside what was measured.</summary>
internal static class ElectionsCommand
{
    private static readonly Option<string> Timeouts = new("--timeouts") { Description = "ranges of election timeouts in milliseconds", DefaultValueFactory = _ => "25-50,50-100,100-200,150-151,150-175,150-200,150-300" };
    private static readonly Option<int> Trials = new("--trials") { Description = "crashes of the leader for each range", DefaultValueFactory = _ => 1000 };
    private static readonly Option<double> Latency = new("--latency") { Description = "least milliseconds of a message", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Jitter = new("--jitter") { Description = "mean milliseconds, exponential, on top", DefaultValueFactory = _ => 2.5 };
    private static readonly Option<double> Disk = new("--disk") { Description = "milliseconds to write a vote down", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Measured = new("--measured") { Description = "measured times, to stand beside ours: election-times.csv", HelpName = "FILE" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Option<bool> AsEtcd = new("--as-etcd") { Description = "a higher term begins the timeout anew, as in etcd; not so in the servers that were measured" };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "as a table of Markdown" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("elections", "Raft: time from a leader's crash to the next leader, by election timeout") { Timeouts, Trials, Latency, Jitter, Disk, Measured, SeedOption, AsEtcd, Markdown };
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<(string Range, double[] TimesMs)> measured = parsed.GetValue(Measured) is { } file ? Read(file) : [];
        int trials = parsed.GetValue(Trials);
        if (trials is < 1 or > 1_000_000)
        {
            throw new InputException(new Mark("--trials", 0, 0), "from 1 to a million trials are expected");
        }

        var rows = new List<ElectionRow>();
        foreach (string range in parsed.GetValue(Timeouts)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            ElectionSetting setting = Setting(range, parsed);
            double[] ours = ElectionTimes.Run(setting, trials, new Seed(parsed.GetValue(SeedOption)).Named("elections").Named(range), cancellation: cancellation);
            rows.Add(new ElectionRow(range, ours, measured.FirstOrDefault(entry => entry.Range == range).TimesMs ?? []));
        }

        ElectionTable.Show(rows, parsed.GetValue(Markdown));
        return ExitCode.Done;
    }

    private static ElectionSetting Setting(string range, ParseResult parsed)
    {
        string[] ends = range.Split('-');
        if (ends.Length != 2 || !double.TryParse(ends[0], CultureInfo.InvariantCulture, out double min) || !double.TryParse(ends[1], CultureInfo.InvariantCulture, out double max))
        {
            throw new InputException(new Mark("--timeouts", 0, 0), $"a range in milliseconds such as '150-300' is expected; found '{range}'");
        }

        var setting = new ElectionSetting { TimeoutMsMin = min, TimeoutMsMax = max, LatencyMsMin = parsed.GetValue(Latency), JitterMsMean = parsed.GetValue(Jitter), DurabilityMs = parsed.GetValue(Disk), TermResetsTimeout = parsed.GetValue(AsEtcd) };
        try
        {
            setting.Validate();
        }
        catch (ArgumentOutOfRangeException e)
        {
            Option option = e.ParamName switch
            {
                nameof(ElectionSetting.LatencyMsMin) => Latency,
                nameof(ElectionSetting.JitterMsMean) => Jitter,
                nameof(ElectionSetting.DurabilityMs) => Disk,
                _ => Timeouts,
            };
            throw CommandLine.OutOfRange(e, option.Name);
        }

        return setting;
    }

    private static IReadOnlyList<(string Range, double[] TimesMs)> Read(string file)
    {
        try
        {
            using var reader = new StringReader(TextFile.Read(file, file, EvidenceFile.BytesMax));
            return ElectionTimesReader.Read(reader);
        }
        catch (MalformedException e)
        {
            throw new InputException(new Mark(file, e.Line, e.Column), e.Problem);
        }
    }
}
