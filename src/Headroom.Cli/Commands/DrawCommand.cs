using System.CommandLine;
using System.Text;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Dissemination.Broadcasts;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom draw broadcast</c>: a small simulated run as a space-time diagram.</summary>
internal static class DrawCommand
{
    private static readonly BroadcastOptions Setting = new(membersDefault: 9);
    private static readonly Option<string?> Faults = new("--faults") { Description = LinkOptions.OfFaults };
    private static readonly Option<bool> InRounds = new("--rounds") { Description = "in synchronous rounds instead of time" };
    private static readonly Option<string> Output = new("--out", "-o") { Description = "the SVG file", Required = true, HelpName = "FILE" };

    public static Command Create(CancellationToken cancellation)
    {
        var broadcast = new Command("broadcast", "one broadcast of up to a hundred members as a space-time diagram (SVG)") { Faults, InRounds, Output };
        Setting.AddTo(broadcast);
        broadcast.SetAction(parsed => Broadcast(parsed, cancellation));
        return new Command("draw", "pictures of small runs") { broadcast };
    }

    private static int Broadcast(ParseResult parsed, CancellationToken cancellation)
    {
        (BroadcastStrategy strategy, BroadcastNetwork network, IReadOnlyList<string> inputs) = Setting.Read(parsed, parsed.GetValue(Faults));
        BroadcastSetting setting = network.Setting with { InRounds = parsed.GetValue(InRounds) };
        string output = parsed.GetValue(Output)!;
        WholeFile.Check(output, inputs, "run.svg");
        if (strategy.Problem(setting) is { } wrong)
        {
            throw new InputException(new Mark("--protocol", 0, 0), wrong);
        }

        SpaceTimeLog log = strategy.Recorded(setting, Setting.Seed(parsed), cancellation);
        string title = $"{strategy.Name}: {network}";
        if (!SpaceTimeDiagram.TryDraw(log, setting.Members, out string? svg, out string? problem, new SpaceTimeOptions { Title = title, InRounds = setting.InRounds }))
        {
            throw new InputException(new Mark("headroom draw", 0, 0), problem);
        }

        WholeFile.Write(output, Encoding.UTF8.GetBytes(svg), cancellation);
        Console.Error.WriteLine($"drawn: {output}");
        return ExitCode.Done;
    }
}
