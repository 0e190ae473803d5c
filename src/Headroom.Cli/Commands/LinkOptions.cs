using System.CommandLine;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Grids;

namespace Headroom.Cli.Commands;

/// <summary>What links may do beyond latency, jitter, loss and bandwidth, as options; what each means is read in one place with system files.</summary>
internal sealed class LinkOptions
{
    public const string OfJitter = "what links add to their latency: 10ms (mean, exponential), 'uniform 10ms', 'lognormal 10ms 0.5', file:delays.txt";
    public const string OfLoss = "share of the messages lost on their way: 0.1%, '1% in bursts of 8'";
    public const string OfFaults = "faults since the broadcast: 'at 20 ms crash 3; from 0 s to 1 s loss 10 %', a file of them (docs/faults.md), or swarm: drawn anew for each run, 'swarm 2s' until then";

    private static readonly LinkGridText Defaults = new BroadcastGridText();

    private readonly Option<string> _duplication = new("--duplication") { Description = "share of the messages that arrive twice: 0.1%", DefaultValueFactory = _ => Defaults.Duplication, HelpName = "SHARE" };
    private readonly Option<string> _reordering = new("--reordering") { Description = "share of the messages held back, and for how long: '1% by 20ms'", DefaultValueFactory = _ => Defaults.Reordering, HelpName = "SHARE" };
    private readonly Option<bool> _inOrder = new("--in-order") { Description = "each link hands over in the order of sending" };
    private readonly Option<string> _queue = new("--queue") { Description = "what each member's sending line holds, more is dropped: 64kB, inf", DefaultValueFactory = _ => Defaults.Queue, HelpName = "BYTES" };

    public IEnumerable<Option> All => [_duplication, _reordering, _inOrder, _queue];

    /// <summary>The grid with these options as they were typed.</summary>
    public TText Add<TText>(ParseResult parsed, TText text)
        where TText : LinkGridText
    {
        return text with
        {
            Duplication = parsed.GetValue(_duplication)!,
            Reordering = parsed.GetValue(_reordering)!,
            InOrder = parsed.GetValue(_inOrder),
            Queue = parsed.GetValue(_queue)!,
        };
    }
}
