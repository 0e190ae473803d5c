using System.CommandLine;
using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare broadcast</c>: ways of broadcasting over a grid of members, networks and faults.</summary>
internal static class CompareBroadcastCommand
{
    private const int TrialsUnderLoad = 3;

    private static readonly BroadcastGridText Defaults = new();

    private static readonly Option<string> Protocols = CompareCommand.Axis("--protocols", "all, or protocols with their parameters: 'flooding,push(6),tree(4)'", Defaults.Protocols);
    private static readonly Option<string?> Members = new("--members") { Description = "members: 100,1k,10k (1k where the topology does not say)", HelpName = "LIST" };
    private static readonly Option<string?> Latency = new("--latency") { Description = "minimum latency of every link: 1ms,50ms (50ms where the topology does not say), or file:regions.csv, a matrix between regions", HelpName = "LIST" };
    private static readonly Option<string> Loss = CompareCommand.Axis("--loss", LinkOptions.OfLoss, Defaults.Loss);
    private static readonly Option<string> Bandwidth = CompareCommand.Axis("--bandwidth", "each member's line, each way, in bit/s: 1G,10M,inf", Defaults.Bandwidth);
    private static readonly Option<string> Jitter = CompareCommand.Axis("--jitter", LinkOptions.OfJitter, Defaults.Jitter);
    private static readonly LinkOptions Links = new();
    private static readonly Option<string?> Faults = new("--faults") { Description = LinkOptions.OfFaults, HelpName = "FAULTS" };
    private static readonly Option<string> Failures = CompareCommand.Axis("--failures", "share of the members dead from the start: 0,5%", Defaults.Failures);
    private static readonly Option<string> Topology = CompareCommand.Axis("--topology", "complete, grid:5x5, line:25, ring:25, star:25, tree4:25, regular:5, or a file", Defaults.Topology);
    private static readonly Option<string> Payload = new("--payload") { Description = "what is broadcast: 1kB", DefaultValueFactory = _ => Defaults.Payload, HelpName = "BYTES" };
    private static readonly Option<bool> Saturate = new("--saturate") { Description = "instead: the rate of broadcasts at which each protocol saturates the first line" };
    private static readonly Option<string?> Rate = new("--rate") { Description = "instead: latency and backlog at this rate of broadcasts: 100/s", HelpName = "RATE" };
    private static readonly Option<bool> RunExact = new("--run-exact") { Description = "run even where closed forms say everything" };

    private static readonly ComparisonOptions Running = new("headroom compare broadcast", trials: 30);

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("broadcast", "one payload from one member to all: copies, messages, bytes, rounds, hops, latency and delivery of each protocol")
        {
            Protocols, Members, Latency, Loss, Bandwidth, Jitter, Failures, Topology, Payload, Saturate, Rate, RunExact,
        };
        foreach (Option option in Links.All.Append(Faults))
        {
            command.Options.Add(option);
        }

        Running.AddTo(command);
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Seed seed = Running.SeedOf(parsed);
        bool isLoad = parsed.GetValue(Saturate) || parsed.GetValue(Rate) is not null;
        TrialPolicy policy = Running.Policy(parsed, isLoad ? TrialsUnderLoad : null);
        BroadcastGrid grid = BroadcastGridReader.Read(Text(parsed), seed);
        Running.Outputs(parsed).Check(grid.Inputs);
        if (isLoad)
        {
            CheckLoad(grid, parsed.GetValue(Saturate));
        }

        double? rate = parsed.GetValue(Rate) is { } given ? AxisReader.PerSecond("--rate", given) : null;
        IComparison comparison = isLoad ? new BroadcastLoadComparison(grid, seed, rate) : new BroadcastComparison(grid, seed, parsed.GetValue(RunExact));
        return Running.Run(parsed, comparison, policy, (grid.Protocols.Count, grid.Networks.Count), grid.Inputs, cancellation);
    }

    private static void CheckLoad(BroadcastGrid grid, bool saturates)
    {
        if (grid.Networks.Any(network => network.Setting.HasFaults))
        {
            throw AxisReader.Wrong("--faults", "they strike at moments of one broadcast: leave them out with --rate and --saturate");
        }

        if (saturates && grid.Networks.Any(network => network.Setting.Network.QueueBytesMax is not null))
        {
            throw AxisReader.Wrong("--queue", "saturation shows in queues that grow, and this one drops instead: leave it out with --saturate (--rate shows what is delivered)");
        }
    }

    private static BroadcastGridText Text(ParseResult parsed)
    {
        var text = new BroadcastGridText
        {
            Protocols = parsed.GetValue(Protocols)!,
            Members = parsed.GetValue(Members),
            Latency = parsed.GetValue(Latency),
            Loss = parsed.GetValue(Loss)!,
            Bandwidth = parsed.GetValue(Bandwidth)!,
            Jitter = parsed.GetValue(Jitter)!,
            Failures = parsed.GetValue(Failures)!,
            Topology = parsed.GetValue(Topology)!,
            Payload = parsed.GetValue(Payload)!,
            Faults = parsed.GetValue(Faults),
        };
        return Links.Add(parsed, text);
    }
}
