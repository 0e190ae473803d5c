using System.CommandLine;
using System.Diagnostics;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Report;
using Headroom.Audit.Scale;
using Headroom.Cli.Rendering;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom scale</c>: one run of millions of members with the whole link model; or a fit over such runs, drawn on.</summary>
internal static class ScaleCommand
{
    private static readonly Option<string> Protocol = new("--protocol", "-p") { Description = "the protocol: 'plumtree', 'push(5)', flooding", DefaultValueFactory = _ => "plumtree" };
    private static readonly Option<string> Members = new("--members", "-n") { Description = "how many members: 1M", DefaultValueFactory = _ => "100k" };
    private static readonly Option<string> Topology = new("--topology") { Description = "complete, or regular:5", DefaultValueFactory = _ => "complete" };
    private static readonly Option<string> Broadcasts = new("--broadcasts") { Description = "broadcasts, one after the other", DefaultValueFactory = _ => "10" };
    private static readonly Option<string> Latency = new("--latency") { Description = "minimum latency of every link", DefaultValueFactory = _ => "50ms" };
    private static readonly Option<string> Jitter = new("--jitter") { Description = "mean of the exponential delay that links add to it", DefaultValueFactory = _ => "10ms" };
    private static readonly Option<string> Loss = new("--loss") { Description = "share of the messages lost on their way", DefaultValueFactory = _ => "1%" };
    private static readonly Option<string> Bandwidth = new("--bandwidth") { Description = "each member's line, each way, in bit/s", DefaultValueFactory = _ => "100M" };
    private static readonly Option<string> Payload = new("--payload") { Description = "what is broadcast", DefaultValueFactory = _ => "1kB" };
    private static readonly Option<string> Failures = new("--failures") { Description = "share of the members that crash before the first broadcast, nobody told", DefaultValueFactory = _ => "0" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of every simulated number", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Option<string?> Append = new("--append") { Description = "add the run as a line of JSON", HelpName = "FILE" };
    private static readonly Option<string?> Fit = new("--fit") { Description = "run nothing: fit how the runs of a file grow", HelpName = "FILE" };
    private static readonly Option<string> To = new("--to") { Description = "with --fit: the members that the fit is drawn on to", DefaultValueFactory = _ => "2.8G" };
    private static readonly Option<string> Least = new("--from") { Description = "with --fit: the least members that time and memory are fitted to", DefaultValueFactory = _ => "10k" };
    private static readonly Option<string> Egress = new("--egress") { Description = "with --fit: price of bytes sent", DefaultValueFactory = _ => "0.02 $/GB" };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command("scale", "one run of up to millions of members: time, memory, deliveries; and how runs grow")
        {
            Protocol, Members, Topology, Broadcasts, Latency, Jitter, Loss, Bandwidth, Payload, Failures, SeedOption, Append, Fit, To, Least, Egress,
        };
        json.AddTo(command);
        command.SetAction(parsed => parsed.GetValue(Fit) is { } file
            ? ShowFit(file, parsed)
            : Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        ScaleOptions options = Read(parsed);
        string? append = parsed.GetValue(Append);
        foreach (string file in new[] { jsonFile, append }.OfType<string>())
        {
            WholeFile.Check(file, []);
        }

        ScaleMeasurement measurement;
        using (var progress = new ProgressDisplay())
        {
            measurement = ScaleRun.Run(options, CommandLine.Of(parsed, "headroom scale", Protocol, Members), TimeProvider.System, PeakBytes, ProcessorSeconds,
                (share, doing) => progress.Update(options.Strategy.Name, share, doing), cancellation);
        }

        byte[] json = ScaleJson.Write(measurement);
        if (append is not null)
        {
            // Earlier runs stay whatever happens to this one.
            WholeFile.Write(append, [.. File.Exists(append) ? File.ReadAllBytes(append) : [], .. json], CancellationToken.None);
        }

        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, json, CancellationToken.None);
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(json);
        }
        else
        {
            ScaleTable.Show(measurement);
        }

        return ExitCode.Done;
    }

    private static int ShowFit(string file, ParseResult parsed)
    {
        double to = AxisReader.Counts("--to", parsed.GetValue(To)!, 1, 1_000_000_000_000)[0];
        double least = AxisReader.Counts("--from", parsed.GetValue(Least)!, 1, 1_000_000_000)[0];
        Dimension priceOfData = Dimension.OfMoney / Dimension.OfData;
        if (!Quantity.TryParse(parsed.GetValue(Egress)!, out Quantity price, out string? problem) || price.Dimension != priceOfData || price.Base < 0)
        {
            throw AxisReader.Wrong("--egress", problem ?? $"a price such as '0.02 $/GB' is expected; found '{parsed.GetValue(Egress)}'");
        }

        foreach (ScaleTrends trends in ScaleTrends.Of(ScaleJson.Read(file), least))
        {
            ScaleTable.Show(trends, to, price);
        }

        return ExitCode.Done;
    }

    private static ScaleOptions Read(ParseResult parsed)
    {
        if (!BroadcastRegistry.TryParse(parsed.GetValue(Protocol)!, out BroadcastStrategy? strategy, out string? problem))
        {
            throw AxisReader.Wrong("--protocol", problem);
        }

        int members = (int)One("--members", AxisReader.Counts("--members", parsed.GetValue(Members)!, 2, ScaleOptions.MembersMax));
        return new ScaleOptions
        {
            Strategy = strategy,
            Members = members,
            Degree = ScaleOptions.ReadDegree(parsed.GetValue(Topology)!, members),
            LatencyNs = One("--latency", AxisReader.Times("--latency", parsed.GetValue(Latency)!, "1 h")),
            JitterNs = One("--jitter", AxisReader.Times("--jitter", parsed.GetValue(Jitter)!, "1 h")),
            Loss = One("--loss", AxisReader.Shares("--loss", parsed.GetValue(Loss)!, "a loss")),
            BandwidthBps = One("--bandwidth", AxisReader.Bandwidths("--bandwidth", parsed.GetValue(Bandwidth)!)),
            PayloadBytes = AxisReader.Bytes("--payload", parsed.GetValue(Payload)!, 1 << 30),
            Failures = One("--failures", AxisReader.Shares("--failures", parsed.GetValue(Failures)!, "a share of failures")),
            Broadcasts = (int)One("--broadcasts", AxisReader.Counts("--broadcasts", parsed.GetValue(Broadcasts)!, 1, 100_000)),
            Seed = new Seed(parsed.GetValue(SeedOption)),
        };
    }

    private static T One<T>(string option, IReadOnlyList<T> values) =>
        values.Count == 1 ? values[0] : throw AxisReader.Wrong(option, "one value is expected: memory is measured, and a run is a process of its own");

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>The most memory that this process ever had resident.</summary>
    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
