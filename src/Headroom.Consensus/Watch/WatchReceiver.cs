using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>
/// Who is told: a watcher, which keeps the states of what interests it, or a relay, which keeps the changes too and tells those below. Nothing here is durable: who comes back after a crash lists.
/// </summary>
internal sealed partial class WatchReceiver(int self, WatchOptions options, WatchCatalogue catalogue, WatchTree tree, WatchMeter meter, ChangeFeed? feed) : IGroupRole
{
    private const int AskTimer = 0;
    private const int BookmarkTimer = 1;
    private const int ForgetTimer = 2;

    private readonly ChangeCodec _codec = new(catalogue);
    private readonly int _parent = tree.Parents[self];
    private readonly int[] _interests = tree.Interests[self] ?? tree.TopicsOf(self);
    private long _sought;

    /// <summary>Of a watcher; a relay has its feed's.</summary>
    public ObjectStates States { get; } = feed?.States ?? new ObjectStates(catalogue);

    /// <summary>Up to which it knows all that is of its interest.</summary>
    public long Revision { get; private set; }

    /// <summary>False for one that lost its memory and has not listed yet.</summary>
    private bool IsReady { get; set; } = true;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                StartTimers(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                options.Witness?.Restarted(self);
                IsReady = false;
                if (feed is not null)
                {
                    feed.IsReady = false;
                }

                StartTimers(ref turn);
                BeginList(ref turn);
                break;
            case InputKind.Timer when input.Number == AskTimer:
                AskAgain(ref turn);
                break;
            case InputKind.Timer when input.Number == BookmarkTimer:
                feed!.Refill();
                feed.Bookmark(ref turn);
                turn.SetTimer(BookmarkTimer, options.BookmarkNs!.Value);
                break;
            case InputKind.Timer:
                feed!.Forget();
                turn.SetTimer(ForgetTimer, options.HistoryNs!.Value);
                break;
            case InputKind.Message when input.Peer == _parent:
                OnTold(input.Head, ref turn);
                break;
            case InputKind.Message:
                feed?.OnQuestion(ref turn, input.Peer, input.Head);
                break;
            default:
                break;
        }
    }

    private void StartTimers(ref Turn turn)
    {
        if (feed is not null && options.BookmarkNs is { } bookmarkNs)
        {
            // Not all in one moment.
            turn.SetTimer(BookmarkTimer, 1 + (long)turn.Random.Below((ulong)bookmarkNs));
            if (options.HistoryNs is { } historyNs)
            {
                turn.SetTimer(ForgetTimer, historyNs);
            }
        }
    }

    private void OnTold(ReadOnlySpan<byte> message, ref Turn turn)
    {
        if (feed is null)
        {
            meter.Notifications++;
            meter.WatcherBytes += message.Length;
        }

        var reader = new VarintReader(message);
        switch ((WatchVerb)reader.Byte())
        {
            case WatchVerb.Changes:
                OnChanges(ref reader, message, ref turn);
                break;
            case WatchVerb.Page:
                OnPage(ref reader, ref turn);
                break;
            case WatchVerb.TooOld when reader.Number() is var revision && reader.IsAtEnd:
                OnTooOld(revision, ref turn);
                break;
            case WatchVerb.Expired when reader.Number() is var list && reader.IsAtEnd:
                OnExpired(list, ref turn);
                break;
            default:
                break;
        }
    }

    private void OnChanges(ref VarintReader reader, ReadOnlySpan<byte> message, ref Turn turn)
    {
        long from = reader.Number();
        long upTo = from + reader.Number();
        if (!reader.IsGood || upTo < from)
        {
            return;
        }

        if (!IsReady || (from > Revision && options.Mutant != WatchMutant.IgnoreGaps))
        {
            _sought = Math.Max(_sought, upTo);
            if (!_isAsking && options.BookmarkNs is not null)
            {
                if (options.Mutant == WatchMutant.ListOnGap)
                {
                    BeginList(ref turn);
                }
                else
                {
                    Ask(ref turn);
                }
            }

            return;
        }

        if (TakeChanges(ref reader, message, from, turn.Clock.LocalNs) && upTo > Revision)
        {
            Revision = upTo;
            if (feed is not null)
            {
                feed.Revision = upTo;
                feed.Announce(ref turn);
            }
            else
            {
                options.Witness?.Knows(self, upTo);
            }

            // A late message may lead on after all: then a list that is being read would lead back.
            _list = options.Mutant == WatchMutant.ListBack ? _list : null;
            Progress(ref turn);
        }
    }

    /// <summary>Takes those that are new, which a message may have after some that are not; false for anything malformed.</summary>
    private bool TakeChanges(ref VarintReader reader, ReadOnlySpan<byte> message, long revision, long nowNs)
    {
        while (reader.IsGood && !reader.IsAtEnd)
        {
            revision += reader.Number();
            int start = message.Length - reader.Remaining;
            VarintReader again = reader;
            int item = _codec.Decode(ref reader, null);
            if (item < 0)
            {
                return false;
            }

            if ((revision <= Revision && (feed is not null || options.Mutant != WatchMutant.ApplyOld)) || Array.BinarySearch(_interests, catalogue.TopicOf(item)) < 0)
            {
                continue;
            }

            if (feed is not null)
            {
                feed.Add(revision, item, message[start..^reader.Remaining].ToArray());
                if (options.BookmarkNs is not null)
                {
                    _ = _codec.Decode(ref again, States, revision);
                }
            }
            else
            {
                _ = _codec.Decode(ref again, States, revision);
                meter.Learned(self, revision, nowNs);
                options.Witness?.Told(self, revision, item, States.Of(item));
            }
        }

        return reader.IsGood;
    }
}
