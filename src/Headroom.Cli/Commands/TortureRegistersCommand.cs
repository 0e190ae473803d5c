using Headroom.Consensus.Quorum.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture abd</c>: registers over quorums.</summary>
internal sealed class TortureRegistersCommand() : ProtocolTorture<RegisterTortureOptions, RegisterTortureResult>(
    "abd", "registers over quorums: swarm-random faults, a checked history; exit code 4 when it is not linearizable, or operations do not end",
    new TortureSizes(Seeds: 200, Members: 5, MembersMin: 2, Seconds: 30, Operations: 600, "a core is healed after half of them"))
{
    protected override IReadOnlyList<TortureColumn<RegisterTortureResult>> Columns { get; } =
    [
        new("answered", "answered", result => result.Answered),
        new("reads in one phase", "onePhaseReads", result => result.OnePhaseReads),
        new("sent again", "repeats", result => result.Repeats),
        new("restarts", "restarts", result => result.Restarts),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => RegisterTorture.Checks;

    protected override IReadOnlyList<KnownMutant<RegisterTortureOptions>> Mutants => RegisterMutantProof.Known;

    protected override RegisterTortureOptions Read(TortureScale scale)
    {
        var options = new RegisterTortureOptions { Servers = scale.Members, Seconds = scale.Seconds, Operations = scale.Operations };
        options.Validate();
        return options;
    }

    protected override string OptionOf(string parameter) => parameter == nameof(RegisterTortureOptions.Servers) ? "--members" : base.OptionOf(parameter);

    protected override ITorture<RegisterTortureResult> Torture(RegisterTortureOptions options) => new RegisterTorture(options);
}
