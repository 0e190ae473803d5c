using System.CommandLine;
using System.Text.Json;
using Headroom.Audit.Reading;
using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture isr</c>: a partition replicated in sync.</summary>
internal sealed class TortureInSyncCommand() : ProtocolTorture<InSyncTortureOptions, InSyncTortureResult>(
    "isr", "in-sync replication: swarm-random faults, every promise checked; exit code 4 when one is broken",
    new TortureSizes(Seeds: 200, Members: 3, MembersMin: 2, Seconds: 30, Operations: 600, "all is healed after half of them"))
{
    private readonly Option<string> _flush = new("--flush") { Description = "each: a batch is on disk before it counts; never: replication alone keeps it, and fewer members crash", DefaultValueFactory = _ => "each" };
    private readonly Option<bool> _unclean = new("--unclean") { Description = "a leader may be elected outside those in sync; what is lost then is counted and not held against the protocol" };

    protected override IReadOnlyList<Option> Further => [_flush, _unclean];

    protected override IReadOnlyList<TortureColumn<InSyncTortureResult>> Columns { get; } =
    [
        new("acknowledged", "acknowledged", result => result.Acknowledged),
        new("lost", "lost", result => result.Lost),
        new("records lost", null, result => result.Lost, InRuns: true),
        new(null, "repeated", result => result.Repeated),
        new("all copies lost", "lostAllCopies", result => result.LostAllCopies ? 1 : 0, InRuns: true, IsFlag: true),
        new("unclean elections", "uncleanElections", result => result.UncleanElections, InRuns: true),
        new("restarts", "restarts", result => result.Restarts),
        new("decisions", "decisions", result => result.Decisions),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => InSyncChecks.All;

    protected override IReadOnlyList<KnownMutant<InSyncTortureOptions>> Mutants => InSyncMutantProof.Known;

    protected override InSyncTortureOptions Read(TortureScale scale)
    {
        string flush = scale.Parsed.GetValue(_flush)!;
        if (flush is not ("each" or "never"))
        {
            throw new InputException(new Mark(_flush.Name, 0, 0), $"each or never is expected, not '{flush}'");
        }

        var options = new InSyncTortureOptions
        {
            Replicas = scale.Members,
            Seconds = scale.Seconds,
            Records = scale.Operations,
            Flush = flush == "each" ? FlushPolicy.Each : FlushPolicy.Never,
            AllowsUnclean = scale.Parsed.GetValue(_unclean),
        };
        options.Validate();
        return options;
    }

    protected override string OptionOf(string parameter) => parameter switch
    {
        nameof(InSyncTortureOptions.Replicas) => "--members",
        nameof(InSyncTortureOptions.Records) => "--operations",
        _ => base.OptionOf(parameter),
    };

    protected override ITorture<InSyncTortureResult> Torture(InSyncTortureOptions options) => new InSyncTorture(options);

    protected override void WriteOptions(Utf8JsonWriter writer, InSyncTortureOptions options)
    {
        writer.WriteString("flush", options.Flush == FlushPolicy.Each ? "each" : "never");
        writer.WriteBoolean("unclean", options.AllowsUnclean);
    }
}
