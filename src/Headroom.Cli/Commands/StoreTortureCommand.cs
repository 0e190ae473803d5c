using Headroom.Consensus.Replication.Torture;

namespace Headroom.Cli.Commands;

/// <summary>A replicated store, whatever replicates it, under random faults.</summary>
internal abstract class StoreTortureCommand<TOptions>(string name, string description, int members)
    : ProtocolTorture<TOptions, StoreTortureResult>(name, description, new TortureSizes(Seeds: 1000, members, MembersMin: 2, Usual.Seconds, Usual.Operations, "a core is healed after half of them"))
    where TOptions : StoreTortureOptions, new()
{
    private static readonly TOptions Usual = new();

    protected override IReadOnlyList<TortureColumn<StoreTortureResult>> Columns { get; } =
    [
        new("operations", "operations", result => result.Operations),
        new("answered", "answered", result => result.Answered),
        new("leaders or chains", "leaders", result => result.Leaders),
        new("starts", "starts", result => result.Starts),
        new("states saved", "saved", result => result.Saved),
        new("states sent", "copied", result => result.Copied),
        new("applied", "applied", result => result.Applied),
        new("all copies lost", "lostAllCopies", result => result.LostAllCopies ? 1 : 0, InRuns: true, IsFlag: true),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => StoreChecks.All;

    protected override TOptions Read(TortureScale scale)
    {
        TOptions options = Usual with { Members = scale.Members, Seconds = scale.Seconds, Operations = scale.Operations };
        options.Validate();
        return options;
    }
}
