using System.CommandLine;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Lab.Maelstrom.Nodes;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom node broadcast --protocol push(3)</c>: a node program in Maelstrom's protocol, on standard input and output.</summary>
internal static class NodeCommand
{
    public static Command Create(CancellationToken cancellation)
    {
        var workload = new Argument<string>("workload") { Description = "broadcast" };
        var protocol = new Option<string>("--protocol") { Description = string.Join(", ", BroadcastRegistry.Forms.Select(form => form.Signature)), DefaultValueFactory = _ => "flooding" };
        var latency = new Option<string>("--latency") { Description = "what the protocol takes for a link's latency, to pace itself", DefaultValueFactory = _ => "10ms" };
        var remembered = new Option<int>("--remember") { Description = "broadcasts that are remembered, to know a late copy for one", DefaultValueFactory = _ => 1024 };
        var seed = new Option<ulong>("--seed") { Description = "the seed of the node's draws", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
        var command = new Command("node", "a node program that Maelstrom, or headroom maelstrom, can drive: one of our protocols behind standard input and output")
        {
            workload, protocol, latency, remembered, seed,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(workload) is { } asked && asked != "broadcast")
            {
                throw new InputException(new Mark("headroom node", 0, 0), $"no workload '{asked}'; there is broadcast");
            }

            var options = new BroadcastNodeOptions
            {
                Strategy = Strategy(parsed.GetValue(protocol)!),
                Seed = parsed.GetValue(seed),
                LatencyNs = MaelstromCommand.Nanoseconds(parsed.GetValue(latency)!, "--latency", 1e6),
                Remembered = parsed.GetValue(remembered),
            };
            if (options.Problem() is { } problem)
            {
                throw new InputException(new Mark("headroom node", 0, 0), problem);
            }

            using Stream input = Console.OpenStandardInput();
            using Stream output = Console.OpenStandardOutput();
            BroadcastNode.Rehearse(options, TimeProvider.System);
            BroadcastNode.Run(options, input, output, Console.Error, TimeProvider.System, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static BroadcastStrategy Strategy(string text) =>
        BroadcastRegistry.TryParse(text, out BroadcastStrategy? strategy, out string? problem) ? strategy : throw new InputException(new Mark("--protocol", 0, 0), problem);
}
