using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Watch;

/// <summary>A list that is being read, page by page. Its number, drawn anew for each list, tells its pages from late ones of another.</summary>
internal sealed class ListReading(WatchCatalogue catalogue, long number)
{
    /// <summary>Numbers are below this: three bytes.</summary>
    public const ulong NumbersMax = 1UL << 21;

    public long Number { get; } = number;

    /// <summary>The revision that all pages show; null before the first.</summary>
    public long? Revision { get; private set; }

    /// <summary>Where the next page begins: the place of a topic among those that the reader is told of.</summary>
    public int Topic { get; private set; }

    /// <summary>The place among the topic's objects.</summary>
    public int Place { get; private set; }

    public ObjectStates States { get; } = new(catalogue, isEmpty: true);

    /// <summary>Takes the page that is next; false for any other, and for anything malformed.</summary>
    public bool TryTake(ref VarintReader reader, ChangeCodec codec, WatchCatalogue objects, int[] interests, bool takesAny)
    {
        long number = reader.Number();
        long revision = reader.Number();
        int topic = reader.Small(int.MaxValue);
        int place = reader.Small(int.MaxValue);
        int nextTopic = reader.Small(int.MaxValue);
        int nextPlace = reader.Small(int.MaxValue);
        bool isNext = number == Number && (Revision is null || revision == Revision) && topic == Topic && place == Place;
        // A page that leads nowhere would be asked for without end.
        bool isForward = nextTopic > topic || (nextTopic == topic && nextPlace > place) || interests.Length == 0;
        if (!reader.IsGood || !isForward || !(isNext || takesAny))
        {
            return false;
        }

        VarintReader again = reader;
        while (!reader.IsAtEnd)
        {
            if (codec.Decode(ref reader, null) < 0)
            {
                return false;
            }
        }

        while (!again.IsAtEnd)
        {
            VarintReader item = again;
            int decoded = codec.Decode(ref again, null);
            if (Array.BinarySearch(interests, objects.TopicOf(decoded)) >= 0)
            {
                _ = codec.Decode(ref item, States, revision);
            }
        }

        (Revision, Topic, Place) = (revision, nextTopic, nextPlace);
        return true;
    }
}
