using System.CommandLine;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;

namespace Headroom.Cli.Commands;

/// <summary>The options of commands that make one broadcast in one setting.</summary>
internal sealed class BroadcastOptions
{
    private static readonly BroadcastGridText Defaults = new();

    private readonly Option<string> _protocol = new("--protocol", "-p") { Description = "the protocol, such as flooding or 'push(6)'; headroom compare broadcast knows them all", Required = true };
    private readonly Option<string> _members = new("--members", "-n") { Description = "how many members", HelpName = "N" };
    private readonly Option<string> _topology = new("--topology") { Description = "complete, grid:5x5, line:25, tree4:25, regular:5 or a file", DefaultValueFactory = _ => Defaults.Topology };
    private readonly Option<string?> _latency = new("--latency") { Description = "minimum latency of every link: 5ms, or file:regions.csv (a topology may state its own)" };
    private readonly Option<string> _jitter = new("--jitter") { Description = LinkOptions.OfJitter, DefaultValueFactory = _ => Defaults.Jitter };
    private readonly Option<string> _loss = new("--loss") { Description = LinkOptions.OfLoss, DefaultValueFactory = _ => Defaults.Loss };
    private readonly Option<string> _bandwidth = new("--bandwidth") { Description = "of every member's line, each way", DefaultValueFactory = _ => Defaults.Bandwidth };
    private readonly Option<string> _failures = new("--failures") { Description = "share of the members that die before the broadcast", DefaultValueFactory = _ => Defaults.Failures };
    private readonly Option<string> _payload = new("--payload") { Description = "bytes of the payload", DefaultValueFactory = _ => Defaults.Payload };
    private readonly Option<ulong> _seed = new("--seed") { Description = "the seed of members, links and faults", DefaultValueFactory = _ => AuditCommand.DefaultSeed };
    private readonly LinkOptions _links = new();
    private readonly int _membersDefault;

    public BroadcastOptions(int membersDefault)
    {
        _membersDefault = membersDefault;
        _members.DefaultValueFactory = _ => $"{membersDefault}";
    }

    private IEnumerable<Option> All => [_protocol, _members, _topology, _latency, _jitter, _loss, _bandwidth, .. _links.All, _failures, _payload, _seed];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    public Seed Seed(ParseResult parsed) => new(parsed.GetValue(_seed));

    /// <exception cref="InputException">What is wrong, and with which option.</exception>
    public (BroadcastStrategy Strategy, BroadcastNetwork Network, IReadOnlyList<string> Inputs) Read(ParseResult parsed, string? faults = null)
    {
        string topology = parsed.GetValue(_topology)!;
        // A topology that counts its own members needs no number of them.
        bool countsMembers = topology.Contains(':', StringComparison.Ordinal) ? !topology.StartsWith("regular", StringComparison.Ordinal) : topology != "complete";
        bool isImplicit = parsed.GetResult(_members) is null or { Implicit: true };
        BroadcastGrid grid = BroadcastGridReader.Read(_links.Add(parsed, new BroadcastGridText
        {
            Protocols = parsed.GetValue(_protocol)!,
            Members = isImplicit && countsMembers ? null : parsed.GetValue(_members) ?? $"{_membersDefault}",
            Latency = parsed.GetValue(_latency),
            Jitter = parsed.GetValue(_jitter)!,
            Loss = parsed.GetValue(_loss)!,
            Bandwidth = parsed.GetValue(_bandwidth)!,
            Failures = parsed.GetValue(_failures)!,
            Payload = parsed.GetValue(_payload)!,
            Topology = topology,
            Faults = faults,
        }), Seed(parsed));
        return grid is { Networks.Count: 1, Protocols.Count: 1 }
            ? (grid.Protocols[0], grid.Networks[0], grid.Inputs)
            : throw new InputException(new Mark("headroom", 0, 0), "one protocol in one setting is run here; headroom compare broadcast takes lists");
    }

    /// <summary>The options that say what is run, as they were typed: name, value, name, value.</summary>
    public IEnumerable<string> Typed(ParseResult parsed)
    {
        foreach (Option option in All)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
            {
                yield return option.Name;
                if (result.Tokens.Count > 0)
                {
                    yield return result.Tokens[0].Value;
                }
            }
        }
    }
}
