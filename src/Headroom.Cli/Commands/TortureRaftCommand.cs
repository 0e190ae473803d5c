using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture raft</c>: a replicated store on Raft.</summary>
internal sealed class TortureRaftCommand() : ProtocolTorture<TortureOptions, TortureResult>(
    "raft", "Raft: swarm-random faults, a checked history; exit code 4 when a check fails", new TortureSizes(Seeds: 1000, Members: 5, MembersMin: 3, Seconds: 60, Operations: 1000, "the core is healed after two thirds"))
{
    protected override IReadOnlyList<TortureColumn<TortureResult>> Columns { get; } =
    [
        new("operations", "operations", result => result.Operations),
        new("answered", "answered", result => result.Answered),
        new("elections", "elections", result => result.Elections),
        new("starts", "starts", result => result.Starts),
        new("snapshots", "snapshots", result => result.Snapshots),
        new("snapshots sent", "snapshotsSent", result => result.SnapshotsSent),
        new("their chunks", "chunksSent", result => result.ChunksSent),
        new("chunks sent again", "chunksSentAgain", result => result.ChunksSentAgain),
        new("changes of members", "memberChanges", result => result.MemberChanges),
        new("entries committed", "committed", result => result.Committed),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => [.. TortureChecks.Fresh(new HistoryJudge()).Select(check => (check.Name, check.Statement))];

    protected override IReadOnlyList<KnownMutant<TortureOptions>> Mutants => MutantProof.Known;

    protected override TortureOptions Read(TortureScale scale)
    {
        var options = new TortureOptions { Members = scale.Members, Seconds = scale.Seconds, Operations = scale.Operations };
        options.Validate();
        return options;
    }

    protected override ITorture<TortureResult> Torture(TortureOptions options) => new RaftTorture(options);

    protected override string? Setting(TortureOptions options, ulong seed) => new RaftTorture(options).Setting(seed).ToString();
}
