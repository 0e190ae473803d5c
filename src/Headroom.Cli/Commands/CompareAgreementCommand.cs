using System.CommandLine;
using Headroom.Audit.Comparisons.Agreements;
using Headroom.Audit.Comparisons.Trials;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare agreement</c>: ways of agreeing over a grid of servers, loads, networks and faults.</summary>
internal static class CompareAgreementCommand
{
    private static readonly AgreementGridText Defaults = new();

    private static readonly Option<string> Protocols = CompareCommand.Axis("--protocols", "all, or ways of agreeing with their parameters: 'raft,isr(2),abd'", Defaults.Protocols);
    private static readonly Option<string> Members = CompareCommand.Axis("--members", "servers: 3,5,7", Defaults.Members);
    private static readonly Option<string> Value = CompareCommand.Axis("--value", "bytes of a value: 256B,10kB", Defaults.Value);
    private static readonly Option<string> Rate = CompareCommand.Axis("--rate", "operations of all clients: 100/s,1k", Defaults.Rate);
    private static readonly Option<string> Operations = new("--operations") { Description = "operations of a run, reads and writes each in runs of their own", DefaultValueFactory = _ => Defaults.Operations, HelpName = "N" };
    private static readonly Option<string?> Clients = new("--clients") { Description = "clients; as many as keep up with the rate where left out", HelpName = "N" };
    private static readonly Option<string> Latency = CompareCommand.Axis("--latency", "minimum latency of every link: 1ms,50ms, or file:regions.csv, a matrix between regions that servers and clients are dealt out to", Defaults.Latency);
    private static readonly Option<string> Loss = CompareCommand.Axis("--loss", LinkOptions.OfLoss, Defaults.Loss);
    private static readonly Option<string> Bandwidth = CompareCommand.Axis("--bandwidth", "each member's line, each way, in bit/s: 1G,10M,inf", Defaults.Bandwidth);
    private static readonly Option<string> Jitter = CompareCommand.Axis("--jitter", LinkOptions.OfJitter, Defaults.Jitter);
    private static readonly Option<string> Disk = CompareCommand.Axis("--disk", "until a record is on a server's disk: 0,1ms,10ms", Defaults.Disk);
    private static readonly Option<string> Failures = CompareCommand.Axis("--failures", "servers that crash at a third of the load and stay down, the leader first: 0,1,2", Defaults.Failures);
    private static readonly Option<string?> Faults = new("--faults") { Description = "faults of servers since the first operation: 'at 2 s crash 0; at 5 s recover 0', or a file of them (docs/faults.md)", HelpName = "FAULTS" };
    private static readonly LinkOptions Links = new();
    private static readonly ComparisonOptions Running = new("headroom compare agreement", trials: 10);

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("agreement", "operations of clients on a replicated group: messages, bytes, delays, latency and answers of each way of agreeing, reads and writes apart")
        {
            Protocols, Members, Value, Rate, Operations, Clients, Latency, Loss, Bandwidth, Jitter, Disk, Failures, Faults,
        };
        foreach (Option option in Links.All)
        {
            command.Options.Add(option);
        }

        Running.AddTo(command);
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TrialPolicy policy = Running.Policy(parsed);
        AgreementGrid grid = AgreementGridReader.Read(Links.Add(parsed, new AgreementGridText
        {
            Protocols = parsed.GetValue(Protocols)!,
            Members = parsed.GetValue(Members)!,
            Value = parsed.GetValue(Value)!,
            Rate = parsed.GetValue(Rate)!,
            Operations = parsed.GetValue(Operations)!,
            Clients = parsed.GetValue(Clients),
            Latency = parsed.GetValue(Latency)!,
            Loss = parsed.GetValue(Loss)!,
            Bandwidth = parsed.GetValue(Bandwidth)!,
            Jitter = parsed.GetValue(Jitter)!,
            Disk = parsed.GetValue(Disk)!,
            Failures = parsed.GetValue(Failures)!,
            Faults = parsed.GetValue(Faults),
        }));
        Running.Outputs(parsed).Check(grid.Inputs);
        return Running.Run(parsed, new AgreementComparison(grid, Running.SeedOf(parsed)), policy, (grid.Protocols.Count, grid.Cases.Count), grid.Inputs, cancellation);
    }
}
