using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>Answers of a feed: what came after a revision, a page at a time, or a list of what is at one; so many bytes between two bookmarks, and then silence, until which askers back off.</summary>
internal sealed partial class ChangeFeed
{
    private readonly ChangeCodec _codec;
    private readonly List<int> _missed = [];
    private long _budget;

    /// <summary>From now on as much may be answered again as between any two bookmarks.</summary>
    public void Refill() => _budget = _options.AnswerBytes;

    public void OnQuestion(ref Turn turn, int peer, ReadOnlySpan<byte> question)
    {
        bool isBusy = _budget <= 0 && _options.Mutant != WatchMutant.AnswerAll;
        if (_tree.Parents[peer] != _self || _options.BookmarkNs is null || (!IsReady && _options.Mutant != WatchMutant.AnswerUnready))
        {
            return;
        }

        if (isBusy)
        {
            _meter.Unanswered++;
            return;
        }

        var reader = new VarintReader(question);
        switch ((WatchVerb)reader.Byte())
        {
            case WatchVerb.Resume when reader.Number() is var revision && reader.IsAtEnd:
                OnResume(ref turn, peer, revision);
                break;
            case WatchVerb.List:
                long list = reader.Number();
                long at = reader.Number();
                int topic = reader.Small(_catalogue.Topics);
                int place = reader.Small(int.MaxValue);
                if (reader.IsAtEnd)
                {
                    OnList(ref turn, peer, list, at, topic, place);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>One message of what is of the asker's interest; who is still behind asks on.</summary>
    private void OnResume(ref Turn turn, int peer, long revision)
    {
        if (revision >= Revision)
        {
            return;
        }

        if (revision < _history.Oldest && _options.Mutant != WatchMutant.ResumeBlindly)
        {
            Refuse(ref turn, peer, WatchVerb.TooOld, revision);
            return;
        }

        int[] topics = _tree.TopicsOf(peer);
        _missed.Clear();
        int next = _history.After(revision);
        for (int bytes = 0; next < _history.Count && bytes <= _options.MessageBytesMax; next++)
        {
            if (Array.BinarySearch(topics, _history[next].Topic) >= 0)
            {
                _missed.Add(next);
                bytes += _history[next].Bytes.Length;
            }
        }

        long upTo = next < _history.Count ? _history[_missed[^1]].Revision : Revision;
        if (_options.Mutant == WatchMutant.ResumeLate && _missed.Count > 0)
        {
            _missed.RemoveAt(0);
        }

        int at = 0;
        int length = Encode(_missed, ref at, revision, upTo, out _);
        _meter.Encodings++;
        _meter.Sent(_self, length);
        Answer(ref turn, peer, length);
    }

    /// <summary>A page of a list: objects that there were at the list's revision, whole. All pages are of one revision, whatever was written since.</summary>
    private void OnList(ref Turn turn, int peer, long list, long revisionPlusOne, int topic, int place)
    {
        long of = revisionPlusOne == 0 ? Revision : _options.Mutant == WatchMutant.ListAtZero ? revisionPlusOne : revisionPlusOne - 1;
        if (of < _history.Oldest || of > Revision)
        {
            Refuse(ref turn, peer, WatchVerb.Expired, list);
            return;
        }

        int[] topics = _tree.TopicsOf(peer);
        var writer = new VarintWriter(_room);
        writer.Byte((byte)WatchVerb.Page);
        writer.Number(list);
        writer.Number(of);
        writer.Number(topic);
        writer.Number(place);
        long shown = _options.Mutant == WatchMutant.MixedPages ? Revision : of;
        (int nextTopic, int nextPlace) = (topic, place);
        List<byte[]> objects = [];
        for (int bytes = 0; nextTopic < topics.Length && bytes < _options.MessageBytesMax;)
        {
            if (nextPlace >= _catalogue.ObjectsOf(topics[nextTopic]))
            {
                (nextTopic, nextPlace) = (nextTopic + 1, 0);
                continue;
            }

            int item = _catalogue.ObjectOf(topics[nextTopic], nextPlace);
            ReadOnlySpan<byte> state = States.At(item, shown);
            if (!state.IsEmpty)
            {
                byte[] whole = _codec.Encode(item, 0, state, state, isDelta: false);
                if (objects.Count > 0 && bytes + whole.Length > _options.MessageBytesMax)
                {
                    break;
                }

                objects.Add(whole);
                bytes += whole.Length;
            }

            nextPlace++;
        }

        writer.Number(nextTopic);
        writer.Number(nextPlace);
        foreach (byte[] whole in objects)
        {
            writer.Bytes(whole);
        }

        _meter.Pages++;
        _meter.PageBytes += writer.Length;
        _meter.SentRepair(_self);
        Answer(ref turn, peer, writer.Length);
    }

    private void Refuse(ref Turn turn, int peer, WatchVerb verb, long number)
    {
        var writer = new VarintWriter(_room);
        writer.Byte((byte)verb);
        writer.Number(number);
        _meter.Refusals++;
        _meter.RefusalBytes += writer.Length;
        _meter.SentRepair(_self);
        Answer(ref turn, peer, writer.Length);
    }

    private void Answer(ref Turn turn, int peer, int length)
    {
        _budget -= length;
        _options.Witness?.Answered(_self, length);
        turn.Send(peer, turn.Compose(_room.AsSpan(0, length)));
    }
}
