using System.CommandLine;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Laboratory;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab raft</c> and its kin: a group that agrees over real sockets, with its logs on a real disk.</summary>
internal static class LabGroupCommand
{
    private const int OperationsMax = 1_000_000;
    private const int KeysMax = 4096;
    private const int KillsMax = 100;
    private const int RateMax = 1_000_000;
    private const string OwnFolder = "temp";
    private const string NoDisk = "none";

    private static readonly Option<int> Members = new("--members", "-n") { Description = "how many servers", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Clients = new("--clients") { Description = "clients, each with one operation under way at a time", DefaultValueFactory = _ => 16 };
    private static readonly Option<int> Operations = new("--operations") { Description = "operations of all clients together, in five rounds", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Reads = new("--reads") { Description = "of a hundred operations so many read", DefaultValueFactory = _ => 40 };
    private static readonly Option<int> Keys = new("--keys") { Description = "keys, or registers", DefaultValueFactory = _ => 16 };
    private static readonly Option<int> SnapshotEvery = new("--snapshot-every") { Description = "after so many commands a server of raft, chain, craq or truetime begins its log anew with its state; 0 for never", DefaultValueFactory = _ => 1000 };
    private static readonly Option<string> Disk = new("--disk") { Description = "folder of the logs; temp for one of its own that is removed in the end, none to keep nothing", DefaultValueFactory = _ => OwnFolder };
    private static readonly Option<int> Kill = new("--kill-leader") { Description = "so often the server that sends most is killed, and started again from its log", DefaultValueFactory = _ => 0 };
    private static readonly Option<bool> Apart = new("--apart") { Description = "each server in a process of its own" };
    private static readonly Option<ulong> SeedOption = new("--seed") { Description = "of clients and members", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private static readonly Option<string> Carrier = new("--transport") { Description = "udp or tcp", DefaultValueFactory = _ => "tcp" };
    private static readonly Option<string> Value = new("--value") { Description = "size of a value, such as 256B or 10kB", DefaultValueFactory = _ => "16B" };
    private static readonly Option<double?> Rate = new("--rate") { Description = "operations due in a second, of all clients; without it each asks as fast as answers come" };
    private static readonly Option<string> Latency = new("--latency") { Description = "over udp: what links add to the way, such as 50ms", DefaultValueFactory = _ => "0ms" };
    private static readonly Option<string> Jitter = new("--jitter") { Description = "over udp: " + LinkOptions.OfJitter, DefaultValueFactory = _ => "0ms" };
    private static readonly Option<string> Loss = new("--loss") { Description = "over udp: share of the datagrams that are not sent, such as 1%", DefaultValueFactory = _ => "0%" };
    private static readonly Option<string> Protocol = new("--protocol", "-p") { Description = "raft, raft-lease, 'isr(2)', abd, …", Required = true };
    private static readonly Option<string> Folder = new("--folder") { Hidden = true };
    private static readonly Option<int> Member = new("--member") { Hidden = true, Required = true };
    private static readonly Option<int> Life = new("--life") { Hidden = true };

    /// <summary>What every process of a run is told alike.</summary>
    private static IEnumerable<Option> Shared => [Members, Clients, Operations, Reads, Keys, Value, Rate, SnapshotEvery, Carrier, Latency, Jitter, Loss, SeedOption];

    public static IEnumerable<Command> Create(CancellationToken cancellation)
    {
        foreach (AgreementEntry entry in AgreementStrategies.WithTransactions)
        {
            yield return Create(entry.Name, entry.Form.Summary, _ => entry.Name, cancellation);
        }

        Command any = Create("agreement", "any way of agreeing, with its parameters", parsed => parsed.GetValue(Protocol)!, cancellation);
        any.Options.Add(Protocol);
        yield return any;
    }

    private static Command Create(string name, string title, Func<ParseResult, string> protocol, CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command(name, $"{title}; over real sockets on loopback with logs on a disk, by the processes that the simulator runs");
        foreach (Option option in Shared)
        {
            command.Options.Add(option);
        }

        command.Options.Add(Disk);
        command.Options.Add(Kill);
        command.Options.Add(Apart);
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, name, protocol(parsed), parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    /// <summary>A server's process, started by the commands above.</summary>
    public static Command CreateServer()
    {
        var server = new Command("server", "the process of a server; started by lab raft and its kin") { Protocol, Folder, Member, Life };
        server.Hidden = true;
        foreach (Option option in Shared)
        {
            server.Options.Add(option);
        }

        server.SetAction(parsed =>
        {
            try
            {
                ServerProgram.Run(Read(parsed, parsed.GetValue(Protocol)!, parsed.GetValue(Folder)), parsed.GetValue(Member), parsed.GetValue(Life), Console.In, Console.Out, TimeProvider.System);
                return ExitCode.Done;
            }
            catch (LabException e)
            {
                throw new InputException(new Mark("headroom lab", 0, 0), e.Message);
            }
        });
        return server;
    }

    private static int Run(ParseResult parsed, string name, string protocol, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        string disk = parsed.GetValue(Disk)!;
        int kills = LabOptionSet.Within(Kill.Name, parsed.GetValue(Kill), 0, KillsMax);
        if (kills > 0 && disk == NoDisk)
        {
            throw new InputException(new Mark(Kill.Name, 0, 0), "a server that is killed comes back from its log: it needs a --disk");
        }

        GroupLabOptions options = Read(parsed, protocol, disk == NoDisk ? null : disk);
        options = options with { Kills = kills, EndsWithRestart = kills > 0 && options.Strategy.IsDurable };
        if (kills > 0 && options.Strategy.CrashesSurvived(options.Servers) < 1)
        {
            throw new InputException(new Mark(Kill.Name, 0, 0), $"{options.Strategy.Name} with {options.Servers} servers does not go on without the one that is killed: it takes more");
        }

        LabOptionSet.Check(options.Validate);
        Shell.TellsWhatIsFinished();
        string command = CommandLine.Of(parsed, $"headroom lab {name}");
        string? own = disk == OwnFolder ? Directory.CreateTempSubdirectory("headroom-lab-").FullName : null;
        try
        {
            options = options with { Folder = own ?? options.Folder };
            return LabOptionSet.Show(jsonToOutput, jsonFile, () =>
            {
                using var progress = new ProgressDisplay();
                GroupLabRun Execute(Action<double, string> report, CancellationToken stop) => parsed.GetValue(Apart)
                    ? SocketGroup.RunApart(options, (member, life) => LabOptionSet.Ourselves(Server(parsed, protocol, options.Folder, member, life)), TimeProvider.System, report, stop)
                    : SocketGroup.Run(options, TimeProvider.System, report, stop);
                return GroupLabExperiment.Run(options, command, Execute, (share, doing) => progress.Update(options.Strategy.Name, share, doing), cancellation);
            });
        }
        finally
        {
            if (own is not null)
            {
                Directory.Delete(own, recursive: true);
            }
        }
    }

    private static GroupLabOptions Read(ParseResult parsed, string protocol, string? folder)
    {
        if (!AgreementStrategies.TryParse(protocol, AgreementStrategies.WithTransactions, out AgreementStrategy? strategy, out string? problem))
        {
            throw new InputException(new Mark(Protocol.Name, 0, 0), problem);
        }

        int members = LabOptionSet.Within(Members.Name, parsed.GetValue(Members), 1, GroupLabOptions.ServersMax);
        int clients = LabOptionSet.Within(Clients.Name, parsed.GetValue(Clients), 1, GroupLabOptions.ClientsMax);
        Transport transport = parsed.GetValue(Carrier) switch
        {
            "udp" => Transport.Udp,
            "tcp" or null => Transport.Tcp,
            string other => throw new InputException(new Mark(Carrier.Name, 0, 0), $"is udp or tcp; found '{other}'"),
        };
        var options = new GroupLabOptions
        {
            Strategy = strategy,
            Servers = members,
            Keys = LabOptionSet.Within(Keys.Name, parsed.GetValue(Keys), 1, KeysMax),
            ReadsPercent = LabOptionSet.Within(Reads.Name, parsed.GetValue(Reads), 0, 100),
            RatePerSecond = parsed.GetValue(Rate) is not { } rate ? null : rate is > 0 and <= RateMax ? rate
                : throw new InputException(new Mark(Rate.Name, 0, 0), $"lies above 0 and is at most {RateMax}; found {rate}"),
            ValueBytes = Bytes(parsed, transport),
            SnapshotEvery = LabOptionSet.Within(SnapshotEvery.Name, parsed.GetValue(SnapshotEvery), 0, OperationsMax),
            Transport = transport,
            Links = Links(parsed, transport),
            Folder = folder,
            Clients = clients,
            OperationsEach = 1,
            Seed = new Seed(parsed.GetValue(SeedOption)),
        };
        int together = clients * options.Rounds;
        int operations = LabOptionSet.Within(Operations.Name, parsed.GetValue(Operations), together, OperationsMax);
        return options with { OperationsEach = operations / together };
    }

    private static GroupLinks? Links(ParseResult parsed, Transport transport)
    {
        var links = new GroupLinks(
            AxisReader.Times(Latency.Name, parsed.GetValue(Latency)!, "10 s") is [var latencyNs] ? latencyNs : throw AxisReader.Wrong(Latency.Name, "one latency is expected here"),
            LinkText.Jitter(parsed.GetValue(Jitter)!, Place.OfOption(Jitter.Name), new ReadingContext(Environment.CurrentDirectory)),
            AxisReader.Shares(Loss.Name, parsed.GetValue(Loss)!, "a loss") is [var loss] ? loss : throw AxisReader.Wrong(Loss.Name, "one share is expected here"));
        if (links is { LatencyNs: 0, Loss: 0, Jitter.MeanNs: 0 })
        {
            return null;
        }

        Option<string> stated = links.LatencyNs > 0 ? Latency : links.Loss > 0 ? Loss : Jitter;
        return transport == Transport.Udp ? links : throw AxisReader.Wrong(stated.Name, "is for --transport udp: a stream hides what is lost and what overtakes");
    }

    private static int Bytes(ParseResult parsed, Transport transport)
    {
        int most = GroupLabOptions.ValueBytesMax(transport);
        int bytes = AxisReader.Bytes(Value.Name, parsed.GetValue(Value)!, int.MaxValue);
        return bytes <= most ? bytes
            : throw new InputException(new Mark(Value.Name, 0, 0), $"a value is at most {most} B over {(transport == Transport.Udp ? "udp, whose datagrams hold what a server that catches up is sent: more goes over --transport tcp" : "tcp here")}; found '{parsed.GetValue(Value)}'");
    }

    private static IEnumerable<string> Server(ParseResult parsed, string name, string? folder, int member, int life) =>
    [
        "server", Protocol.Name, name, Member.Name, $"{member}", Life.Name, $"{life}", .. folder is null ? Array.Empty<string>() : [Folder.Name, folder],
        .. Shared.Where(option => parsed.GetResult(option) is { Implicit: false }).SelectMany(option => new[] { option.Name, parsed.GetResult(option)!.Tokens[0].Value }),
    ];
}
