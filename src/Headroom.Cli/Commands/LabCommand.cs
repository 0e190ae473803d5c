using System.CommandLine;
using System.Diagnostics;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Lab.Sockets;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab broadcast</c>: the simulator's own processes over real sockets, beside the simulator and the floor.</summary>
internal static class LabCommand
{
    private const int MembersMax = 2000;
    private const int TrialsMax = 100_000;

    private static readonly BroadcastOptions Setting = new(membersDefault: 50);
    private static readonly Option<string> Carrier = new("--transport") { Description = "udp or tcp", DefaultValueFactory = _ => "udp" };
    private static readonly Option<int> Trials = new("--trials") { Description = "broadcasts, each from a fresh start", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Processes = new("--processes") { Description = "processes that the members are dealt out to; 1 runs them all in this one", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Namespaces = new("--namespaces") { Description = "a network namespace for each process (Linux, as root)" };
    private static readonly Option<int> TimeMax = new("--time-max") { Description = "seconds after which a broadcast is cut off", DefaultValueFactory = _ => 60 };
    private static readonly Option<string> Lag = new("--lag") { Description = "what the simulator beside adds to each message's way: no real link is exactly as fast as it says", DefaultValueFactory = _ => "10us" };
    private static readonly Option<int> Trial = new("--trial") { Hidden = true };
    private static readonly Option<string> OfMembers = new("--of-members") { Hidden = true, Required = true };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var broadcast = new Command("broadcast", "make broadcasts over real sockets on loopback, by the processes that the simulator runs")
        {
            Carrier, Trials, Processes, Namespaces, TimeMax, Lag,
        };
        Setting.AddTo(broadcast);
        json.AddTo(broadcast);
        broadcast.SetAction(parsed => Broadcast(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        var member = new Command("member", "a process of members; started by lab broadcast")
        {
            Carrier, TimeMax, Trial, OfMembers,
        };
        Setting.AddTo(member);
        member.Hidden = true;
        member.SetAction(parsed => Member(parsed, cancellation));
        return new Command("lab", "real sockets on this machine, beside the simulator and the floor") { broadcast, member };
    }

    private static int Broadcast(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        LabPlan plan = Read(parsed, parsed.GetValue(Trials));
        int processes = Within("--processes", parsed.GetValue(Processes), 1, plan.Setting.Members);
        bool isolated = parsed.GetValue(Namespaces);
        if (isolated && processes == 1)
        {
            throw new InputException(new Mark("--namespaces", 0, 0), "needs members in processes of their own: --processes 2 or more");
        }

        if (jsonFile is not null)
        {
            WholeFile.Check(jsonFile, []);
        }

        string command = $"headroom lab broadcast {string.Join(' ', Typed(parsed).Select(CommandLine.Quoted))}"
            + (processes > 1 ? $" --processes {processes}" : "") + (isolated ? " --namespaces" : "") + $" --lag {parsed.GetValue(Lag)} --trials {plan.Trials}";
        LabResult result;
        try
        {
            using NetworkNamespaces? namespaces = isolated ? new NetworkNamespaces(processes, Environment.ProcessId) : null;
            using var progress = new ProgressDisplay();
            LabRun Execute(LabOptions options, CancellationToken stop) => processes == 1
                ? SocketBroadcast.Run(options, TimeProvider.System, stop)
                : ProcessBroadcast.Run(options, processes, members => Ourselves(parsed, options, plan, members), namespaces, TimeProvider.System, stop);
            result = LabExperiment.Run(plan, command, Execute, (share, doing) => progress.Update(plan.Strategy.Name, share, doing), cancellation);
        }
        catch (LabException e)
        {
            throw new InputException(new Mark("headroom lab", 0, 0), e.Message);
        }

        Print(result, jsonToOutput, jsonFile);
        return result.WasInterrupted ? ExitCode.Interrupted : result.Rows.Any(row => row.Verdict == Verdict.Violated) ? ExitCode.BoundViolated : ExitCode.Done;
    }

    private static void Print(LabResult result, bool jsonToOutput, string? jsonFile)
    {
        byte[] json = LabJson.Write(result);
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
            LabTable.Show(result);
        }
    }

    private static int Member(ParseResult parsed, CancellationToken cancellation)
    {
        LabPlan plan = Read(parsed, 1);
        int[] members = [.. parsed.GetValue(OfMembers)!.Split(',').Select(int.Parse)];
        MemberProgram.Run(plan.Options(parsed.GetValue(Trial)), members, Console.In, Console.Out, TimeProvider.System, cancellation);
        return ExitCode.Done;
    }

    private static LabPlan Read(ParseResult parsed, int trials)
    {
        (BroadcastStrategy strategy, BroadcastNetwork network, _) = Setting.Read(parsed);
        if (network.Setting.Network.Duplication > 0)
        {
            throw new InputException(new Mark("--duplication", 0, 0), "links over sockets deliver once or not at all; headroom compare and draw duplicate");
        }

        var plan = new LabPlan
        {
            Strategy = strategy,
            Network = network,
            Transport = parsed.GetValue(Carrier) switch
            {
                "udp" => Transport.Udp,
                "tcp" => Transport.Tcp,
                string other => throw new InputException(new Mark("--transport", 0, 0), $"is udp or tcp; found '{other}'"),
                null => Transport.Udp,
            },
            LagNs = parsed.GetValue(Lag) is { } lag ? AxisReader.Times(Lag.Name, lag, "1 s")[0] : LabPlan.UsualLagNs,
            Trials = Within("--trials", trials, 1, TrialsMax),
            Seed = Setting.Seed(parsed),
            TimeMax = TimeSpan.FromSeconds(Within("--time-max", parsed.GetValue(TimeMax), 1, 3600)),
        };
        Within("--members", plan.Setting.Members, 2, MembersMax);
        try
        {
            plan.Options(0).Validate();
        }
        catch (ArgumentException e)
        {
            throw new InputException(new Mark("headroom lab", 0, 0), e.Message);
        }

        return plan;
    }

    private static int Within(string option, int value, int min, int max) => value >= min && value <= max ? value
        : throw new InputException(new Mark(option, 0, 0), $"lies between {min} and {max}; found {value}");

    private static string[] Typed(ParseResult parsed) =>
        [.. Setting.Typed(parsed), Carrier.Name, parsed.GetValue(Carrier)!, TimeMax.Name, $"{parsed.GetValue(TimeMax)}"];

    /// <summary>This very program as a process of members.</summary>
    private static ProcessStartInfo Ourselves(ParseResult parsed, LabOptions options, LabPlan plan, IReadOnlyList<int> members)
    {
        int trial = Enumerable.Range(0, plan.Trials).First(i => plan.Options(i).Seed == options.Seed);
        string program = Environment.ProcessPath!;
        bool isRuntime = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] ours = isRuntime ? [Environment.GetCommandLineArgs()[0]] : [];
        return new ProcessStartInfo(program, [.. ours, "lab", "member", .. Typed(parsed), "--trial", $"{trial}", "--of-members", string.Join(',', members)]);
    }
}
