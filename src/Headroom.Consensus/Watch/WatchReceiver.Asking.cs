using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>
/// How a receiver gets what it missed: one question at a time, each answered by one message; after an answer the next at once, without one again after a wait that doubles, of which half to one and a half is drawn,
/// so that many who lost the same parent do not ask in step.
/// </summary>
internal sealed partial class WatchReceiver
{
    private const int WaitsMax = WatchOptions.WaitsMax;

    private ListReading? _list;
    private long _lists;
    private long _pages;
    private bool _isAsking;
    private long _waitNs = options.AskNs;

    private bool IsBehind => _list is not null || Revision < _sought;

    private void Ask(ref Turn turn)
    {
        Span<byte> room = stackalloc byte[1 + (4 * Varint.LengthMax)];
        var writer = new VarintWriter(room);
        if (_list is { } list)
        {
            writer.Byte((byte)WatchVerb.List);
            writer.Number(list.Number);
            writer.Number(options.Mutant == WatchMutant.ListAtZero ? list.Revision ?? 0 : list.Revision + 1 ?? 0);
            writer.Number(list.Topic);
            writer.Number(list.Place);
        }
        else
        {
            writer.Byte((byte)WatchVerb.Resume);
            writer.Number(Revision);
        }

        meter.Questions++;
        meter.QuestionBytes += writer.Length;
        options.Witness?.Asked(self, Revision, _lists, _pages);
        turn.Send(_parent, turn.Compose(room[..writer.Length]));
        _isAsking = true;
        if (options.Mutant == WatchMutant.AskAgainSoon)
        {
            turn.SetTimer(AskTimer, options.AskNs / 16);
            return;
        }

        turn.SetTimer(AskTimer, (_waitNs / 2) + (long)turn.Random.Below((ulong)_waitNs));
        _waitNs = Math.Min(2 * _waitNs, WaitsMax * options.AskNs);
    }

    private void AskAgain(ref Turn turn)
    {
        _isAsking = false;
        if (IsBehind)
        {
            Ask(ref turn);
        }
    }

    /// <summary>Something was learned: whoever is still behind asks on, others ask no more.</summary>
    private void Progress(ref Turn turn)
    {
        if (!_isAsking)
        {
            return;
        }

        _waitNs = options.AskNs;
        if (IsBehind)
        {
            Ask(ref turn);
        }
        else
        {
            _isAsking = false;
            turn.CancelTimer(AskTimer);
        }
    }

    private void OnTooOld(long revision, ref Turn turn)
    {
        if (revision == Revision && _list is null && IsReady)
        {
            BeginList(ref turn);
        }
    }

    private void BeginList(ref Turn turn)
    {
        _lists++;
        _list = new ListReading(catalogue, (long)turn.Random.Below(ListReading.NumbersMax));
        Ask(ref turn);
    }

    /// <summary>What was read of the list is of no use any more. It is asked for anew after the wait that runs: who answers so is not asked again at once.</summary>
    private void OnExpired(long list, ref Turn turn)
    {
        if (_list?.Number == list)
        {
            _lists++;
            _list = new ListReading(catalogue, (long)turn.Random.Below(ListReading.NumbersMax));
        }
    }

    private void OnPage(ref VarintReader reader, ref Turn turn)
    {
        if (_list is not { } list || !list.TryTake(ref reader, _codec, catalogue, _interests, options.Mutant == WatchMutant.AnyPage))
        {
            return;
        }

        _pages++;
        meter.PagesRead++;
        if (list.Topic < tree.TopicsOf(self).Length)
        {
            Progress(ref turn);
            return;
        }

        _list = null;
        States.Replace(list.States, keepsOthers: options.Mutant == WatchMutant.KeepDeleted);
        long revision = list.Revision!.Value;
        Revision = options.Mutant == WatchMutant.WatchFromNow ? Math.Max(revision, _sought) : revision;
        IsReady = true;
        meter.Lists++;
        meter.ListedAtNs = turn.Clock.LocalNs;
        options.Witness?.Listed(self, revision, States);
        if (feed is not null)
        {
            feed.Restart(ref turn, Revision);
        }
        else
        {
            options.Witness?.Knows(self, Revision);
        }

        Progress(ref turn);
    }
}
