using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>Who is told: a watcher, which keeps the states of what interests it, or a relay, which keeps the changes and tells those below.</summary>
internal sealed class WatchReceiver(int self, WatchOptions options, WatchCatalogue catalogue, WatchTree tree, WatchMeter meter, ChangeFeed? feed) : IGroupRole
{
    private const int ResumeTimer = 0;

    private readonly ChangeCodec _codec = new(catalogue);
    private readonly int _parent = tree.Parents[self];
    private readonly int[] _interests = tree.Interests[self] ?? [];
    private long _revision;
    private bool _hasAsked;

    /// <summary>Of a watcher; a relay has none.</summary>
    public ObjectStates States { get; } = new(catalogue);

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                AwaitResume(ref turn);
                break;
            case InputKind.Timer:
                Ask(ref turn);
                _hasAsked = false;
                AwaitResume(ref turn);
                break;
            case InputKind.Message when input.Peer == _parent:
                OnChanges(input.Head, ref turn);
                break;
            case InputKind.Message:
                var reader = new VarintReader(input.Head);
                if (reader.Byte() == ChangeFeed.Resume && reader.Number() is var revision && reader.IsAtEnd)
                {
                    feed?.OnResume(ref turn, input.Peer, revision, _revision);
                }

                break;
            default:
                break;
        }
    }

    private void AwaitResume(ref Turn turn)
    {
        if (options.ResumeNs is { } afterNs)
        {
            turn.SetTimer(ResumeTimer, afterNs);
        }
    }

    private void Ask(ref Turn turn)
    {
        _hasAsked = true;
        Span<byte> room = stackalloc byte[1 + Varint.LengthMax];
        var writer = new VarintWriter(room);
        writer.Byte(ChangeFeed.Resume);
        writer.Number(_revision);
        meter.Resumes++;
        turn.Send(_parent, turn.Compose(room[..writer.Length]));
    }

    private void OnChanges(ReadOnlySpan<byte> message, ref Turn turn)
    {
        if (feed is null)
        {
            meter.Notifications++;
            meter.WatcherBytes += message.Length;
        }

        var reader = new VarintReader(message);
        bool isChanges = reader.Byte() == ChangeFeed.Changes;
        long revision = reader.Number();
        long upTo = revision + reader.Number();
        if (!reader.IsGood || !isChanges)
        {
            return;
        }

        if (revision > _revision && options.Mutant != WatchMutant.IgnoreGaps)
        {
            if (!_hasAsked && options.ResumeNs is not null)
            {
                Ask(ref turn);
            }

            return;
        }

        if (TakeChanges(ref reader, message, revision, turn.Clock.LocalNs))
        {
            _hasAsked &= upTo <= _revision;
            _revision = Math.Max(_revision, upTo);
            feed?.Announce(ref turn);
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

            int topic = catalogue.TopicOf(item);
            if (revision <= _revision)
            {
                continue;
            }

            if (feed is not null)
            {
                feed.Add(revision, topic, message[start..^reader.Remaining].ToArray());
            }
            else if (Array.BinarySearch(_interests, topic) >= 0)
            {
                _ = _codec.Decode(ref again, States);
                meter.Learned(self, revision, nowNs);
            }
        }

        return reader.IsGood;
    }
}
