using System.CommandLine;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Reading;
using Headroom.Audit.Studies.Watch;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Watching;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab watch</c>: a store that tells its watchers of every change, over real sockets.</summary>
internal static class LabWatchCommand
{
    private const int KillsMax = 20;

    private static readonly Option<int> Watchers = new("--watchers") { Description = "how many watchers, one of which watches everything", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Topics = new("--topics") { Description = "topics that the objects belong to", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Interested = new("--interested") { Description = "watchers of each topic", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Rate = new("--rate") { Description = "updates a second", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "for so long", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Way = new("--strategy") { Description = "naive, grouped, delta, 'batched(50 ms)', 'relayed(8)+delta', …", DefaultValueFactory = _ => "delta" };
    private static readonly Option<int> KillRelays = new("--kill-relay") { Description = "so often a relay is killed, and comes back without its memory", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> KillWatchers = new("--kill-watcher") { Description = "so often a watcher", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Loss = new("--loss") { Description = "share of the datagrams that their receivers lose", DefaultValueFactory = _ => "0" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "of updates and members", DefaultValueFactory = _ => AuditCommand.DefaultSeed };

    public static Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command("watch", "a store tells watchers of every change over real sockets on loopback, by the processes that the simulator runs") { Watchers, Topics, Interested, Rate, Seconds, Way, KillRelays, KillWatchers, Loss, SeedOption, LabOptionSet.Carrier };
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        if (!WatchStrategy.TryParse(parsed.GetValue(Way)!, out WatchStrategy? way, out string? problem))
        {
            throw new InputException(new Mark(Way.Name, 0, 0), problem);
        }

        WatchLabOptions options = Read(parsed, way);
        LabOptionSet.Check(options.Validate);
        string command = CommandLine.Of(parsed, "headroom lab watch");
        return LabOptionSet.Show(jsonToOutput, jsonFile, () =>
        {
            using var progress = new ProgressDisplay();
            return WatchLabExperiment.Run(options, way.Name, command, (share, doing) => progress.Update(way.Name, share, doing), cancellation);
        });
    }

    private static WatchLabOptions Read(ParseResult parsed, WatchStrategy way)
    {
        int watchers = LabOptionSet.Within(Watchers.Name, parsed.GetValue(Watchers), 2, WatchLabOptions.MembersMax);
        int topics = LabOptionSet.Within(Topics.Name, parsed.GetValue(Topics), 1, 1000);
        var watch = new WatchOptions
        {
            Kinds =
            [
                new WatchKind
                {
                    Name = "objects",
                    Objects = 10 * topics,
                    Topics = topics,
                    WatchersEach = LabOptionSet.Within(Interested.Name, parsed.GetValue(Interested), 1, watchers - 1),
                    RateHz = LabOptionSet.Within(Rate.Name, parsed.GetValue(Rate), 1, 100_000),
                    Fields = 20,
                    FieldBytes = 48,
                    Changed = 2,
                    RandomBytes = 4,
                },
            ],
            Nodes = watchers - 1,
            Controllers = 1,
            LinkNs = 50_000,
            Loss = AxisReader.Shares(Loss.Name, parsed.GetValue(Loss)!, "a loss")[0],
            BookmarkNs = 200_000_000,
            DurationNs = LabOptionSet.Within(Seconds.Name, parsed.GetValue(Seconds), 1, 600) * 1_000_000_000L,
        };
        return new WatchLabOptions
        {
            Watch = way.In(watch),
            Transport = LabOptionSet.Transport(parsed),
            RelayKills = LabOptionSet.Within(KillRelays.Name, parsed.GetValue(KillRelays), 0, KillsMax),
            WatcherKills = LabOptionSet.Within(KillWatchers.Name, parsed.GetValue(KillWatchers), 0, KillsMax),
            Seed = new Seed(parsed.GetValue(SeedOption)),
        };
    }
}
