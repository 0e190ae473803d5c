using System.CommandLine;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Dissemination.Broadcasts;
using Headroom.Lab.Sockets;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab broadcast</c>: the simulator's own processes over real sockets, beside the simulator and the floor.</summary>
internal static class LabCommand
{
    private const int MembersMax = 2000;

    private static readonly BroadcastOptions Setting = new(membersDefault: 50);
    private static readonly Option<bool> Namespaces = new("--namespaces") { Description = "a network namespace for each process (Linux, as root)" };
    private static readonly Option<int> TimeMax = new("--time-max") { Description = "seconds after which a broadcast is cut off", DefaultValueFactory = _ => 60 };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var broadcast = new Command("broadcast", "make broadcasts over real sockets on loopback, by the processes that the simulator runs")
        {
            LabOptionSet.Carrier, LabOptionSet.Trials, LabOptionSet.Processes, Namespaces, TimeMax, LabOptionSet.Lag,
        };
        Setting.AddTo(broadcast);
        json.AddTo(broadcast);
        broadcast.SetAction(parsed => Broadcast(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        var member = new Command("member", "a process of members; started by lab broadcast")
        {
            LabOptionSet.Carrier, TimeMax, LabOptionSet.Trial, LabOptionSet.OfMembers,
        };
        Setting.AddTo(member);
        member.Hidden = true;
        member.SetAction(parsed => Member(parsed, cancellation));
        var lab = new Command("lab", "real sockets on this machine, beside the simulator and the floor")
        {
            broadcast, member, LabMembershipCommand.Create(cancellation), LabMembershipCommand.CreateMember(cancellation), LabLogCommand.Create(), LabGroupCommand.CreateServer(), LabWatchCommand.Create(cancellation),
        };
        foreach (Command group in LabGroupCommand.Create(cancellation))
        {
            lab.Add(group);
        }

        return lab;
    }

    private static int Broadcast(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        LabPlan plan = Read(parsed, parsed.GetValue(LabOptionSet.Trials));
        int processes = LabOptionSet.Within("--processes", parsed.GetValue(LabOptionSet.Processes), 1, plan.Setting.Members);
        bool isolated = parsed.GetValue(Namespaces);
        if (isolated && processes == 1)
        {
            throw new InputException(new Mark("--namespaces", 0, 0), "needs members in processes of their own: --processes 2 or more");
        }

        string command = $"headroom lab broadcast {string.Join(' ', Typed(parsed).Select(CommandLine.Quoted))}"
            + (processes > 1 ? $" --processes {processes}" : "") + (isolated ? " --namespaces" : "") + $" --lag {parsed.GetValue(LabOptionSet.Lag)} --trials {plan.Trials}";
        return LabOptionSet.Show(jsonToOutput, jsonFile, () =>
        {
            using NetworkNamespaces? namespaces = isolated ? new NetworkNamespaces(processes, Environment.ProcessId) : null;
            using var progress = new ProgressDisplay();
            LabRun Execute(LabOptions options, CancellationToken stop) => processes == 1
                ? SocketBroadcast.Run(options, TimeProvider.System, stop)
                : ProcessBroadcast.Run(options, processes, members => LabOptionSet.Ourselves("member", Typed(parsed), Trial(plan, options), members), namespaces, TimeProvider.System, stop);
            return LabExperiment.Run(plan, command, Execute, (share, doing) => progress.Update(plan.Strategy.Name, share, doing), cancellation);
        });
    }

    private static int Trial(LabPlan plan, LabOptions options) => Enumerable.Range(0, plan.Trials).First(i => plan.Options(i).Seed == options.Seed);

    private static int Member(ParseResult parsed, CancellationToken cancellation)
    {
        LabPlan plan = Read(parsed, 1);
        MemberProgram.Run(plan.Options(parsed.GetValue(LabOptionSet.Trial)), LabOptionSet.Members(parsed), Console.In, Console.Out, TimeProvider.System, cancellation);
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
            Transport = LabOptionSet.Transport(parsed),
            Trials = LabOptionSet.Within("--trials", trials, 1, LabOptionSet.TrialsMax),
            LagNs = LabOptionSet.LagNs(parsed),
            Seed = Setting.Seed(parsed),
            TimeMax = TimeSpan.FromSeconds(LabOptionSet.Within("--time-max", parsed.GetValue(TimeMax), 1, 3600)),
        };
        LabOptionSet.Within("--members", plan.Setting.Members, 2, MembersMax);
        LabOptionSet.Check(plan.Options(0).Validate);
        return plan;
    }

    private static string[] Typed(ParseResult parsed) =>
        [.. Setting.Typed(parsed), LabOptionSet.Carrier.Name, parsed.GetValue(LabOptionSet.Carrier)!, TimeMax.Name, $"{parsed.GetValue(TimeMax)}"];
}
