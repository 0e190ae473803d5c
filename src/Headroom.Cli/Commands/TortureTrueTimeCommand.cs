using System.CommandLine;
using System.Text.Json;
using Headroom.Consensus.Torture;
using Headroom.Consensus.TrueTime.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture truetime</c>: transactions over replicated groups.</summary>
internal sealed class TortureTrueTimeCommand() : ProtocolTorture<TrueTimeTortureOptions, TrueTimeTortureResult>(
    "truetime", "transactions over replicated groups, with timestamps of clock intervals: swarm-random faults, a checked history; exit code 4 when a check fails",
    new TortureSizes(Seeds: 200, Usual.Members, MembersMin: 1, Usual.Seconds, Usual.Operations, "a majority of each group is healed after half of them"))
{
    private static readonly TrueTimeTortureOptions Usual = new();

    private readonly Option<int> _groups = new("--groups") { Description = "groups that the servers form, all alike", DefaultValueFactory = _ => Usual.Groups };

    protected override IReadOnlyList<Option> Further => [_groups];

    protected override IReadOnlyList<TortureColumn<TrueTimeTortureResult>> Columns { get; } =
    [
        new("committed", "committed", result => result.Committed),
        new("snapshots", "snapshots", result => result.Snapshots),
        new("aborts", "aborts", result => result.Aborts),
        new("committed unheard", "unheard", result => result.Unheard),
        new("elections", "elections", result => result.Elections),
        new("taken over prepared", "takenOver", result => result.TakenOver),
        new("restarts", "restarts", result => result.Restarts),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => TrueTimeTorture.Checks;

    protected override IReadOnlyList<KnownMutant<TrueTimeTortureOptions>> Mutants => TrueTimeMutantProof.Known;

    protected override TrueTimeTortureOptions Read(TortureScale scale)
    {
        TrueTimeTortureOptions options = Usual with { Members = scale.Members, Groups = scale.Parsed.GetValue(_groups), Seconds = scale.Seconds, Operations = scale.Operations };
        options.Validate();
        return options;
    }

    protected override ITorture<TrueTimeTortureResult> Torture(TrueTimeTortureOptions options) => new TrueTimeTorture(options);

    protected override void WriteOptions(Utf8JsonWriter writer, TrueTimeTortureOptions options) => writer.WriteNumber("groups", options.Groups);
}
