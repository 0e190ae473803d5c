using Headroom.Consensus.Torture;
using Headroom.Consensus.Watch.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture watch</c>: a store, its relays and its watchers.</summary>
internal sealed class TortureWatchCommand() : ProtocolTorture<WatchTortureOptions, WatchTortureResult>(
    "watch", "a store that tells its watchers of every change: swarm-random faults, every promise checked; exit code 4 when one is broken",
    new TortureSizes(Seeds: 500, Usual.Watchers, MembersMin: 2, Usual.Seconds, Usual.Updates, "all is healed after half of them") { MembersAre = "watchers" })
{
    private static readonly WatchTortureOptions Usual = new();

    protected override IReadOnlyList<TortureColumn<WatchTortureResult>> Columns { get; } =
    [
        new("committed", "committed", result => result.Committed),
        new("told", "told", result => result.Told),
        new("lists", "lists", result => result.Lists),
        new("pages", "pages", result => result.Pages),
        new("questions", "questions", result => result.Questions),
        new("too old", "tooOld", result => result.Refusals),
        new("kept waiting", "unanswered", result => result.Unanswered),
        new("bookmarks", "bookmarks", result => result.Bookmarks),
        new("restarts", "restarts", result => result.Restarts),
        new(null, "convergedMs", result => result.ConvergedNs / 1_000_000),
        new(null, "allowedMs", result => result.ConvergeNs / 1_000_000),
    ];

    protected override IReadOnlyList<(string Name, string Statement)> Checks => WatchTorture.Checks;

    protected override IReadOnlyList<KnownMutant<WatchTortureOptions>> Mutants => WatchMutantProof.Known;

    protected override WatchTortureOptions Read(TortureScale scale)
    {
        WatchTortureOptions options = Usual with { Watchers = scale.Members, Seconds = scale.Seconds, Updates = scale.Operations };
        options.Validate();
        return options;
    }

    protected override string OptionOf(string parameter) => parameter switch
    {
        nameof(WatchTortureOptions.Watchers) => "--members",
        nameof(WatchTortureOptions.Updates) => "--operations",
        _ => base.OptionOf(parameter),
    };

    protected override ITorture<WatchTortureResult> Torture(WatchTortureOptions options) => new WatchTorture(options);

    protected override string? Setting(WatchTortureOptions options, ulong seed) => new WatchTorture(options).Setting(seed);
}
