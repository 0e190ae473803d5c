using System.CommandLine;
using System.Text.Json;
using Headroom.Audit.Reading;
using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture isr</c>: a partition replicated in sync.</summary>
internal sealed class TortureInSyncCommand() : ProtocolTorture<InSyncTortureOptions, InSyncTortureResult>(
    "isr", "in-sync replication: swarm-random faults, every promise checked; exit code 4 when one is broken", seeds: 200)
{
    private readonly Option<int> _members = new("--members", "-n") { Description = "replicas, 2 to 15", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "simulated seconds of a run; all is healed after half of them", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _records = new("--records") { Description = "records of all producers in a run", DefaultValueFactory = _ => 600 };
    private readonly Option<string> _flush = new("--flush") { Description = "each: a batch is on disk before it counts; never: replication alone keeps it, and fewer members crash", DefaultValueFactory = _ => "each" };
    private readonly Option<bool> _unclean = new("--unclean") { Description = "a leader may be elected outside those in sync; what is lost then is counted and not held against the protocol" };

    protected override IReadOnlyList<Option> Sizes => [_members, _seconds, _records, _flush, _unclean];

    protected override IReadOnlyList<TortureColumn<InSyncTortureResult>> Columns { get; } =
    [
        new("acknowledged", "acknowledged", result => result.Acknowledged),
        new("lost", "lost", result => result.Lost),
        new("in runs", null, result => result.Lost, InRuns: true),
        new(null, "repeated", result => result.Repeated),
        new("all copies lost in", "lostAllCopies", result => result.LostAllCopies ? 1 : 0, InRuns: true, IsFlag: true),
        new("unclean elections in", "uncleanElections", result => result.UncleanElections, InRuns: true),
        new("restarts", "restarts", result => result.Restarts),
        new("decisions", "decisions", result => result.Decisions),
    ];

    protected override InSyncTortureOptions Read(ParseResult parsed)
    {
        string flush = parsed.GetValue(_flush)!;
        if (flush is not ("each" or "never"))
        {
            throw new InputException(new Mark(_flush.Name, 0, 0), $"each or never is expected, not '{flush}'");
        }

        var options = new InSyncTortureOptions
        {
            Replicas = parsed.GetValue(_members),
            Seconds = parsed.GetValue(_seconds),
            Records = parsed.GetValue(_records),
            Flush = flush == "each" ? FlushPolicy.Each : FlushPolicy.Never,
            AllowsUnclean = parsed.GetValue(_unclean),
        };
        options.Validate();
        return options;
    }

    protected override string OptionOf(string parameter) => parameter == nameof(InSyncTortureOptions.Replicas) ? _members.Name : base.OptionOf(parameter);

    protected override Func<ulong, InSyncTortureResult> Torture(InSyncTortureOptions options) => new InSyncTorture(options).Run;

    protected override MutantFinding[] Mutants(InSyncTortureOptions options, ulong from, int seedsMax, CancellationToken cancellation) => InSyncMutantProof.Run(options, from, seedsMax);

    protected override void WriteOptions(Utf8JsonWriter writer, InSyncTortureOptions options)
    {
        writer.WriteNumber("replicas", options.Replicas);
        writer.WriteString("flush", options.Flush == FlushPolicy.Each ? "each" : "never");
        writer.WriteBoolean("unclean", options.AllowsUnclean);
    }
}
