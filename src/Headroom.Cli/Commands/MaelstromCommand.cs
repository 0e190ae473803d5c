using System.CommandLine;
using Headroom.Audit.NodePrograms;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom maelstrom --workload W --bin PROGRAM</c>: runs a node program and puts the floors beside what it costs.</summary>
internal static class MaelstromCommand
{
    private static readonly Option<string> Workload = new("--workload", "-w") { Description = string.Join(", ", WorkloadNames.Workloads.Select(w => w.Name)), Required = true };
    private static readonly Option<string> Program = new("--bin") { Description = "the program of every node; what follows -- are its arguments", Required = true, HelpName = "PROGRAM" };
    private static readonly Option<int> Nodes = new("--nodes", "--node-count") { Description = "how many nodes", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Topology = new("--topology") { Description = $"the neighbours that nodes are offered: {string.Join(", ", OfferedTopology.Names)}", DefaultValueFactory = _ => "grid" };
    private static readonly Option<string> Latency = new("--latency") { Description = "mean latency between nodes: 100ms (a bare number is milliseconds)", DefaultValueFactory = _ => "0ms" };
    private static readonly Option<string> Shape = new("--latency-dist") { Description = "constant, uniform (0 to twice the mean) or exponential", DefaultValueFactory = _ => "constant" };
    private static readonly Option<double> Rate = new("--rate") { Description = "operations a second over all clients", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Time = new("--time", "--time-limit") { Description = "how long operations are sent: 10s (a bare number is seconds)", DefaultValueFactory = _ => "10s" };
    private static readonly Option<string> Concurrency = new("--concurrency") { Description = "clients: a number, or 3n for three a node", DefaultValueFactory = _ => "1n" };
    private static readonly Option<string?> Nemesis = new("--nemesis") { Description = "partition: the network splits and heals at random" };
    private static readonly Option<string> NemesisInterval = new("--nemesis-interval") { Description = "mean time between splitting and healing", DefaultValueFactory = _ => "10s" };
    private static readonly Option<string> Recovery = new("--recovery") { Description = "quiet time before the final reads", DefaultValueFactory = _ => "10s" };
    private static readonly Option<string?> Availability = new("--availability") { Description = "total, or the share of operations that must succeed" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "the seed of operations, latencies and partitions", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Argument<string[]> Arguments = new("arguments") { Description = "after --: arguments of the program", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command("maelstrom", "run any program that speaks Maelstrom's protocol; check it, measure it, and put the floors beside")
        {
            Workload, Program, Nodes, Topology, Latency, Shape, Rate, Time, Concurrency, Nemesis, NemesisInterval, Recovery, Availability, Seed, Arguments,
        };
        json.AddTo(command);
        command.SetAction(parsed => Run(Read(parsed), parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private static MaelstromOptions Read(ParseResult parsed)
    {
        int nodes = parsed.GetValue(Nodes);
        var options = new MaelstromOptions
        {
            Workload = Named(parsed.GetValue(Workload)!, "--workload", WorkloadNames.Workloads),
            Program = parsed.GetValue(Program)!,
            Arguments = parsed.GetValue(Arguments) ?? [],
            Seed = parsed.GetValue(Seed),
            Nodes = nodes,
            Topology = parsed.GetValue(Topology)!,
            Latency = new LatencyDistribution(
                Named(parsed.GetValue(Shape)!, "--latency-dist", [("constant", LatencyShape.Constant), ("uniform", LatencyShape.Uniform), ("exponential", LatencyShape.Exponential)]),
                Nanoseconds(parsed.GetValue(Latency)!, "--latency", 1e6)),
            RatePerSecond = parsed.GetValue(Rate),
            DurationNs = Nanoseconds(parsed.GetValue(Time)!, "--time", 1e9),
            Clients = Clients(parsed.GetValue(Concurrency)!, nodes),
            Partitions = parsed.GetValue(Nemesis) is { } nemesis && Named(nemesis, "--nemesis", [("partition", true)]),
            PartitionIntervalNs = Nanoseconds(parsed.GetValue(NemesisInterval)!, "--nemesis-interval", 1e9),
            RecoveryNs = Nanoseconds(parsed.GetValue(Recovery)!, "--recovery", 1e9),
            Availability = Share(parsed.GetValue(Availability)),
        };
        return options.Problem() is { } problem ? throw new InputException(new Mark("headroom maelstrom", 0, 0), problem) : options;
    }

    private static int Run(MaelstromOptions options, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        if (jsonFile is not null)
        {
            WholeFile.Check(jsonFile, [Path.GetFullPath(options.Program)]);
        }

        MaelstromResult result;
        try
        {
            using var progress = new ProgressDisplay();
            result = MaelstromHost.Run(options, TimeProvider.System, (share, doing) => progress.Update(WorkloadNames.Of(options.Workload), share, doing), cancellation);
        }
        catch (UnusableProgramException e)
        {
            throw new InputException(new Mark("--bin", 0, 0), e.Message);
        }

        IReadOnlyList<ProgramRow> rows = ProgramRows.Of(result);
        byte[] json = ProgramJson.Write(result, rows, Again(options));
        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, json, CancellationToken.None); // what an interrupted run measured is written too
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(json);
        }
        else
        {
            ProgramTable.Print(result, rows, Again(options));
        }

        return result.Interrupted ? ExitCode.Interrupted
            : rows.Any(row => row.Verdict == Verdict.Violated) ? ExitCode.BoundViolated
            : result.Passed ? ExitCode.Done : ExitCode.AnswerIsNo;
    }

    private static string Again(MaelstromOptions o)
    {
        string partitions = o.Partitions ? $" --nemesis partition --nemesis-interval {o.PartitionIntervalNs / 1e9}s" : "";
        string clients = o.Clients == o.Nodes ? "" : $" --concurrency {o.Clients}";
        string arguments = o.Arguments.Count == 0 ? "" : " -- " + string.Join(' ', o.Arguments.Select(CommandLine.Quoted));
        return $"headroom maelstrom --workload {WorkloadNames.Of(o.Workload)} --bin {CommandLine.Quoted(o.Program)} --nodes {o.Nodes} --topology {o.Topology} --latency {o.Latency.MeanNs / 1e6}ms"
            + (o.Latency.Shape == LatencyShape.Constant ? "" : $" --latency-dist {o.Latency.Shape.ToString().ToLowerInvariant()}")
            + $" --rate {o.RatePerSecond} --time {o.DurationNs / 1e9}s --recovery {o.RecoveryNs / 1e9}s --seed {o.Seed}{partitions}{clients}{arguments}";
    }

    private static T Named<T>(string name, string option, IReadOnlyList<(string Name, T Value)> known)
    {
        foreach ((string candidate, T value) in known)
        {
            if (candidate == name)
            {
                return value;
            }
        }

        string? near = NearestName.Of(name, known.Select(k => k.Name));
        throw new InputException(new Mark(option, 0, 0), $"no '{name}'" + (near is null ? $"; there is {string.Join(", ", known.Select(k => k.Name))}" : $" (did you mean {near}?)"));
    }

    public static long Nanoseconds(string text, string option, double bareNs)
    {
        if (!Quantity.TryParse(text, out Quantity quantity, out string? problem))
        {
            throw new InputException(new Mark(option, 0, 0), problem);
        }

        if (quantity.Dimension != Dimension.OfTime && quantity.Unit.Symbol.Length > 0)
        {
            throw new InputException(new Mark(option, 0, 0), $"a time such as 100ms or 10s is expected; found '{text}'");
        }

        double ns = quantity.Dimension == Dimension.OfTime ? quantity.Base * 1e9 : quantity.Value * bareNs;
        return ns is >= 0 and < 1e18 ? (long)Math.Round(ns) : throw new InputException(new Mark(option, 0, 0), $"a time is at least 0 and at most a day; found '{text}'");
    }

    private static int Clients(string text, int nodes)
    {
        bool perNode = text.EndsWith('n');
        if (!int.TryParse(perNode ? text[..^1] : text, out int number) || number < 1 || (long)number * Math.Max(1, nodes) > int.MaxValue)
        {
            throw new InputException(new Mark("--concurrency", 0, 0), $"a number of clients such as 10 or 3n is expected; found '{text}'");
        }

        return perNode ? number * nodes : number;
    }

    private static double? Share(string? text)
    {
        if (text is null or "total")
        {
            return text is null ? null : 1;
        }

        return Quantity.TryParse(text, out Quantity share, out _) && share.Dimension == Dimension.None
            ? share.Base
            : throw new InputException(new Mark("--availability", 0, 0), $"total or a share such as 0.99 is expected; found '{text}'");
    }
}
