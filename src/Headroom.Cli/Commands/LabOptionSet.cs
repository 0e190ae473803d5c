using System.CommandLine;
using System.Diagnostics;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Kernel.Findings;
using Headroom.Lab.Sockets;

namespace Headroom.Cli.Commands;

/// <summary>What the laboratory's commands share: options, processes of members, and how a result is shown.</summary>
internal static class LabOptionSet
{
    public const int TrialsMax = 100_000;

    public static Option<string> Carrier { get; } = new("--transport") { Description = "udp or tcp", DefaultValueFactory = _ => "udp" };

    public static Option<int> Trials { get; } = new("--trials") { Description = "runs, each from a fresh start", DefaultValueFactory = _ => 5 };

    public static Option<int> Processes { get; } = new("--processes") { Description = "processes that the members are dealt out to; without it all run in this one", DefaultValueFactory = _ => 1 };

    public static Option<string> Lag { get; } = new("--lag") { Description = "what the simulator beside adds to each message's way: no real link is exactly as fast as it says", DefaultValueFactory = _ => "10us" };

    public static Option<int> Trial { get; } = new("--trial") { Hidden = true };

    public static Option<string> OfMembers { get; } = new("--of-members") { Hidden = true, Required = true };

    public static Transport Transport(ParseResult parsed) => parsed.GetValue(Carrier) switch
    {
        "udp" or null => Lab.Sockets.Transport.Udp,
        "tcp" => Lab.Sockets.Transport.Tcp,
        string other => throw new InputException(new Mark(Carrier.Name, 0, 0), $"is udp or tcp; found '{other}'"),
    };

    public static long LagNs(ParseResult parsed) => parsed.GetValue(Lag) is { } lag ? AxisReader.Times(Lag.Name, lag, "1 s")[0] : LabPlan.UsualLagNs;

    public static int[] Members(ParseResult parsed) => [.. parsed.GetValue(OfMembers)!.Split(',').Select(int.Parse)];

    public static int Within(string option, int value, int min, int max) => value >= min && value <= max ? value
        : throw new InputException(new Mark(option, 0, 0), $"lies between {min} and {max}; found {value}");

    /// <summary>What an option's check says is the input's fault.</summary>
    public static void Check(Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException e)
        {
            throw new InputException(new Mark("headroom lab", 0, 0), e.Message);
        }
    }

    /// <summary>This very program as a process of members.</summary>
    public static ProcessStartInfo Ourselves(string command, IEnumerable<string> typed, int trial, IReadOnlyList<int> members) =>
        Ourselves([command, .. typed, Trial.Name, $"{trial}", OfMembers.Name, string.Join(',', members)]);

    /// <summary>This very program with a command of the laboratory.</summary>
    public static ProcessStartInfo Ourselves(IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool isRuntime = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] ours = isRuntime ? [Environment.GetCommandLineArgs()[0]] : [];
        return new ProcessStartInfo(program, [.. ours, "lab", .. arguments]);
    }

    /// <summary>Runs, prints or writes what came of it, and gives the exit code.</summary>
    public static int Show(bool jsonToOutput, string? jsonFile, Func<LabResult> run)
    {
        if (jsonFile is not null)
        {
            WholeFile.Check(jsonFile, []);
        }

        LabResult result;
        try
        {
            result = run();
        }
        catch (LabException e)
        {
            throw new InputException(new Mark("headroom lab", 0, 0), e.Message);
        }

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

        return result.WasInterrupted ? ExitCode.Interrupted : result.Rows.Any(row => row.Verdict == Verdict.Violated) ? ExitCode.BoundViolated
            : result.Check is { Holds: false } ? ExitCode.AnswerIsNo : ExitCode.Done;
    }
}
