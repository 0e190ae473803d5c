using System.CommandLine;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Dissemination.Detection;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Networks;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab membership</c>: members that watch each other over real sockets, and some that are killed.</summary>
internal static class LabMembershipCommand
{
    private const int MembersMax = 1000;

    private static readonly Option<string> Protocol = new("--protocol", "-p") { Description = "swim, 'swim(3,3)', heartbeat, 'heartbeat(3)', gossip-heartbeat", Required = true };
    private static readonly Option<int> Members = new("--members", "-n") { Description = "how many members", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Kill = new("--kill") { Description = "members that die at once", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Period = new("--period") { Description = "how often each member acts", DefaultValueFactory = _ => "100ms" };
    private static readonly Option<string> Latency = new("--latency") { Description = "minimum latency between any two", DefaultValueFactory = _ => "5ms" };
    private static readonly Option<string> MeanJitter = new("--jitter") { Description = "mean of the exponential delay added to it", DefaultValueFactory = _ => "0s" };
    private static readonly Option<string> Loss = new("--loss") { Description = "share of the messages lost on the way", DefaultValueFactory = _ => "0" };
    private static readonly Option<string> Bandwidth = new("--bandwidth") { Description = "of every member's line, each way", DefaultValueFactory = _ => "1G" };
    private static readonly Option<int> Watch = new("--watch") { Description = "periods that a run is watched after the crash; it ends earlier when all know", DefaultValueFactory = _ => 200 };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "the seed of members, links and crashes", DefaultValueFactory = _ => AuditCommand.DefaultSeed };

    private static IEnumerable<Option> All => [Protocol, Members, Kill, Period, Latency, MeanJitter, Loss, Bandwidth, Watch, SeedOption, LabOptionSet.Carrier];

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var membership = new Command("membership", "watch members notice a killed one over real sockets on loopback, by the processes that the simulator runs");
        foreach (Option option in All)
        {
            membership.Options.Add(option);
        }

        membership.Options.Add(LabOptionSet.Trials);
        membership.Options.Add(LabOptionSet.Processes);
        membership.Options.Add(LabOptionSet.Lag);
        json.AddTo(membership);
        membership.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return membership;
    }

    /// <summary>A process of members, started by the command above.</summary>
    public static Command CreateMember(CancellationToken cancellation)
    {
        var member = new Command("watcher", "a process of members; started by lab membership") { Hidden = true };
        foreach (Option option in All)
        {
            member.Options.Add(option);
        }

        member.Options.Add(LabOptionSet.Trial);
        member.Options.Add(LabOptionSet.OfMembers);
        member.SetAction(parsed =>
        {
            DetectionLabOptions options = Read(parsed, 1).Options(parsed.GetValue(LabOptionSet.Trial));
            MemberProgram.Run(options, LabOptionSet.Members(parsed), Console.In, Console.Out, TimeProvider.System, cancellation);
            return ExitCode.Done;
        });
        return member;
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        DetectionLabPlan plan = Read(parsed, parsed.GetValue(LabOptionSet.Trials));
        int processes = parsed.GetResult(LabOptionSet.Processes) is { Implicit: false }
            ? LabOptionSet.Within("--processes", parsed.GetValue(LabOptionSet.Processes), 1, plan.Setting.Members - plan.Setting.Crashes) : 0;
        string command = $"headroom lab membership {string.Join(' ', Typed(parsed).Select(CommandLine.Quoted))}"
            + (processes > 0 ? $" --processes {processes}" : "") + $" --lag {parsed.GetValue(LabOptionSet.Lag)} --trials {plan.Trials}";
        return LabOptionSet.Show(jsonToOutput, jsonFile, () =>
        {
            using var progress = new ProgressDisplay();
            DetectionRun Execute(DetectionLabOptions options, CancellationToken stop) => processes == 0
                ? SocketDetection.Run(options, TimeProvider.System, stop)
                : ProcessDetection.Run(options, processes, members => LabOptionSet.Ourselves("watcher", Typed(parsed), Trial(plan, options), members), TimeProvider.System, stop);
            return DetectionLabExperiment.Run(plan, command, Execute, (share, doing) => progress.Update(plan.Strategy.Name, share, doing), cancellation);
        });
    }

    private static int Trial(DetectionLabPlan plan, DetectionLabOptions options) => Enumerable.Range(0, plan.Trials).First(i => plan.Options(i).Seed == options.Seed);

    private static DetectionLabPlan Read(ParseResult parsed, int trials)
    {
        if (!DetectionRegistry.TryParse(parsed.GetValue(Protocol)!, out DetectionStrategy? strategy, out string? problem))
        {
            throw new InputException(new Mark(Protocol.Name, 0, 0), problem);
        }

        Transport transport = LabOptionSet.Transport(parsed);
        int members = LabOptionSet.Within(Members.Name, parsed.GetValue(Members), 2, MembersMax);
        long jitterNs = One(MeanJitter, AxisReader.Times(MeanJitter.Name, parsed.GetValue(MeanJitter)!, "1 min"));
        var setting = new DetectionSetting
        {
            Network = new NetworkOptions
            {
                Topology = Topology.Complete(members, One(Latency, AxisReader.Times(Latency.Name, parsed.GetValue(Latency)!, "1 min"))),
                Jitter = jitterNs == 0 ? Jitter.None : new Jitter(JitterShape.Exponential, jitterNs),
                Loss = One(Loss, AxisReader.Shares(Loss.Name, parsed.GetValue(Loss)!, "loss")),
                BandwidthBps = One(Bandwidth, AxisReader.Bandwidths(Bandwidth.Name, parsed.GetValue(Bandwidth)!)),
                Packets = LabPackets.Of(transport),
            },
            PeriodNs = One(Period, AxisReader.Times(Period.Name, parsed.GetValue(Period)!, "1 h")),
            Crashes = LabOptionSet.Within(Kill.Name, parsed.GetValue(Kill), 0, Math.Min(ProcessDetection.CrashesMax, members - 1)),
            WatchPeriods = LabOptionSet.Within(Watch.Name, parsed.GetValue(Watch), 1, 100_000),
        };
        if (setting.PeriodNs < 1_000_000)
        {
            throw new InputException(new Mark(Period.Name, 0, 0), "is at least 1 ms over sockets");
        }

        var plan = new DetectionLabPlan
        {
            Strategy = strategy,
            Setting = setting,
            Transport = transport,
            Trials = LabOptionSet.Within("--trials", trials, 1, LabOptionSet.TrialsMax),
            LagNs = LabOptionSet.LagNs(parsed),
            Seed = new Seed(parsed.GetValue(SeedOption)),
        };
        LabOptionSet.Check(plan.Options(0).Validate);
        return plan;
    }

    private static T One<T>(Option option, IReadOnlyList<T> values) => values.Count == 1 ? values[0]
        : throw new InputException(new Mark(option.Name, 0, 0), "takes one value here");

    private static string[] Typed(ParseResult parsed) =>
        [.. All.Where(option => parsed.GetResult(option) is { Implicit: false }).SelectMany(option => new[] { option.Name, parsed.GetResult(option)!.Tokens[0].Value })];
}
