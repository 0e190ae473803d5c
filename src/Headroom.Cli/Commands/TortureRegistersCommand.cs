using System.CommandLine;
using System.Text.Json;
using Headroom.Consensus.Quorum.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture abd</c>: registers over quorums.</summary>
internal sealed class TortureRegistersCommand() : ProtocolTorture<RegisterTortureOptions, RegisterTortureResult>(
    "abd", "registers over quorums: swarm-random faults, a checked history; exit code 4 when it is not linearizable, or operations do not end", seeds: 200)
{
    private readonly Option<int> _members = new("--members", "-n") { Description = "servers, 2 to 15", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "simulated seconds of a run; a core is healed after half of them", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _operations = new("--operations") { Description = "operations of all clients in a run", DefaultValueFactory = _ => 600 };

    protected override IReadOnlyList<Option> Sizes => [_members, _seconds, _operations];

    protected override IReadOnlyList<TortureColumn<RegisterTortureResult>> Columns { get; } =
    [
        new("answered", "answered", result => result.Answered),
        new("reads in one phase", "onePhaseReads", result => result.OnePhaseReads),
        new("sent again", "repeats", result => result.Repeats),
        new("restarts", "restarts", result => result.Restarts),
    ];

    protected override RegisterTortureOptions Read(ParseResult parsed)
    {
        var options = new RegisterTortureOptions { Servers = parsed.GetValue(_members), Seconds = parsed.GetValue(_seconds), Operations = parsed.GetValue(_operations) };
        options.Validate();
        return options;
    }

    protected override string OptionOf(string parameter) => parameter == nameof(RegisterTortureOptions.Servers) ? _members.Name : base.OptionOf(parameter);

    protected override Func<ulong, RegisterTortureResult> Torture(RegisterTortureOptions options) => new RegisterTorture(options).Run;

    protected override MutantFinding[] Mutants(RegisterTortureOptions options, ulong from, int seedsMax, CancellationToken cancellation) => RegisterMutantProof.Run(options, from, seedsMax);

    protected override void WriteOptions(Utf8JsonWriter writer, RegisterTortureOptions options)
    {
        writer.WriteNumber("members", options.Servers);
        writer.WriteNumber("seconds", options.Seconds);
        writer.WriteNumber("operations", options.Operations);
    }
}
