using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>That the torture finds what is wrong: each mutant, a fault put into the protocol on purpose, is tortured seed after seed until a check fails.</summary>
public static class WatchMutantProof
{
    /// <summary>Each mutant in words.</summary>
    internal static IReadOnlyList<(WatchMutant Mutant, string Words)> All { get; } =
    [
        (WatchMutant.IgnoreGaps, "takes a message although one before it is missing"),
        (WatchMutant.StaleBase, "makes deltas against the first state instead of the one before"),
        (WatchMutant.ForgetGroup, "never tells a topic's last group"),
        (WatchMutant.ResumeLate, "does not tell who resumes of the first change after its revision"),
        (WatchMutant.NoBookmark, "tells nobody that there was nothing to tell"),
        (WatchMutant.TellEarly, "the store tells of updates before they are durable"),
        (WatchMutant.ResumeBlindly, "resumes from before what is known as if there were nothing between"),
        (WatchMutant.SilentRelist, "a relay that has listed goes on with those below as if there were nothing between"),
        (WatchMutant.MixedPages, "pages show what is now, not what was at the list's revision"),
        (WatchMutant.ApplyOld, "takes changes again that it knows"),
        (WatchMutant.KeepDeleted, "lays a list over what it knew: what the list lacks stays"),
        (WatchMutant.WatchFromNow, "goes on after a list from the newest revision it heard of"),
        (WatchMutant.AnswerUnready, "a relay that lost its memory answers before it has listed"),
        (WatchMutant.AnyPage, "takes late pages of another list for its own"),
        (WatchMutant.ListAtZero, "asks on for a list of revision 0 as if it were of the newest"),
        (WatchMutant.ListBack, "reads a list to its end although late messages have led on"),
        (WatchMutant.AskAgainSoon, "asks again soon, whatever happens"),
        (WatchMutant.AnswerAll, "answers whoever asks, however many"),
        (WatchMutant.ListOnGap, "lists whenever a message is missing"),
    ];

    /// <summary>Each as options have it.</summary>
    public static IReadOnlyList<KnownMutant<WatchTortureOptions>> Known { get; } =
        [.. All.Select(mutant => new KnownMutant<WatchTortureOptions>(mutant.Mutant.ToString(), mutant.Words, options => options with { Mutant = mutant.Mutant }))];

    /// <summary>Tortures each mutant until it is caught, or the seeds are spent.</summary>
    public static MutantFinding[] Run(WatchTortureOptions options, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default) =>
        MutantSearch.Run(Known, options, it => new WatchTorture(it), from, seedsMax, threads, report, cancellation);
}
