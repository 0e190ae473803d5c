using Headroom.Audit.Reading;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Watch;

/// <summary>Reads objects and who watches them: one of the profiles, or a list.</summary>
internal static class WatchReader
{
    private const int StateBytesMax = 8192;
    private const int FieldBytesMax = 4096;

    private static readonly string[] ProfileNames = ["microservices", "batch", "training"];

    private static readonly Key<string> ProfileKey = Keys.Choice("profile", "a cluster of 1,000 nodes and 3 controllers as docs/watch.md has it, in place of 'watchers' and 'objects'", ProfileNames);
    private static readonly Key<long> WatchersKey = Keys.Count("watchers", "nodes, which watch what 'objects' says", 1, 20_000, "watchers");
    private static readonly Key<long> ControllersKey = Keys.Count("controllers", "further watchers, which watch everything", 0, 1000, "controllers").Or("0");
    private static readonly Key<string> NameKey = Keys.Text("name", "what they are").Required();
    private static readonly Key<long> CountKey = Keys.Count("count", "objects of this sort", 1, 1_000_000, "objects").Required();
    private static readonly Key<long> TopicsKey = Keys.Count("topics", "interests that they fall into evenly", 1, 100_000, "topics").Or("1");
    private static readonly Key<long> EachKey = Keys.Count("watched by", "nodes that watch each topic", 0, 20_000, "watchers").Required();
    private static readonly Key<Quantity> UpdatesKey = Keys.Quantity("updates", "5000/min", "updates of all of them, at random moments", "0/s", "1e5/s").Or("0/s");
    private static readonly Key<long> AtOnceKey = Keys.Count("at once", "updates in the run's first moment", 0, 100_000, "updates").Or("0");
    private static readonly Key<long> FieldsKey = Keys.Count("fields", "fields of an object", 1, WatchKind.FieldsMax, "fields").Or("40");
    private static readonly Key<Quantity> FieldKey = Keys.Quantity("field", "64 B", "bytes of a field", "2 B", "4096 B").Or("64 B");
    private static readonly Key<long> ChangedKey = Keys.Count("changed", "fields that an update writes", 1, WatchKind.FieldsMax, "fields").Or("3");
    private static readonly Key<Quantity> RandomKey = Keys.Quantity("random", "8 B", "random bytes of a field that is written, told as two digits each; the rest of it stays", "1 B", "2048 B").Or("8 B");

    private static readonly Key<IReadOnlyList<Section>> ObjectsKey = Keys.Sections("objects", "what is watched, how often it changes, and how much of it",
        NameKey, CountKey, TopicsKey, EachKey, UpdatesKey, AtOnceKey, FieldsKey, FieldKey, ChangedKey, RandomKey);

    public static IReadOnlyList<Key> AllKeys { get; } = [ProfileKey, WatchersKey, ControllersKey, ObjectsKey];

    /// <summary>Kinds, nodes and controllers.</summary>
    public static WatchOptions Read(Section activity, long durationNs)
    {
        bool hasObjects = activity.TryGet(ObjectsKey, out IReadOnlyList<Section>? objects);
        if (activity.TryGet(ProfileKey, out string? profile))
        {
            Key? other = new Key[] { WatchersKey, ControllersKey, ObjectsKey }.FirstOrDefault(activity.IsGiven);
            return other is not null
                ? throw activity.Fail(other, $"the profile {profile} says '{other.Name}' itself: leave it or 'profile' out")
                : (profile == ProfileNames[0] ? WatchProfiles.Microservices : profile == ProfileNames[1] ? WatchProfiles.Batch : WatchProfiles.Training) with { DurationNs = durationNs };
        }

        if (!activity.TryGet(WatchersKey, out long watchers) || !hasObjects || objects!.Count == 0)
        {
            throw new InputException(activity.Mark, $"{activity.Title} needs 'watchers' and 'objects', or a 'profile' ({string.Join(", ", ProfileNames)})");
        }

        return new WatchOptions
        {
            Kinds = [.. objects.Select(section => Kind(section, (int)watchers))],
            Nodes = (int)watchers,
            Controllers = (int)activity.Get(ControllersKey),
            DurationNs = durationNs,
        };
    }

    private static WatchKind Kind(Section section, int watchers)
    {
        var kind = new WatchKind
        {
            Name = section.Get(NameKey),
            Objects = (int)section.Get(CountKey),
            Topics = (int)section.Get(TopicsKey),
            WatchersEach = (int)section.Get(EachKey),
            RateHz = section.Get(UpdatesKey).Base,
            AtOnce = (int)section.Get(AtOnceKey),
            Fields = (int)section.Get(FieldsKey),
            FieldBytes = Bytes(section, FieldKey),
            Changed = (int)section.Get(ChangedKey),
            RandomBytes = Bytes(section, RandomKey),
        };
        return kind.Objects % kind.Topics != 0 ? throw section.Fail(TopicsKey, $"{kind.Objects} objects do not fall evenly into {kind.Topics} topics")
            : kind.WatchersEach > watchers ? throw section.Fail(EachKey, $"'watched by' is at most the {watchers} watchers; found {kind.WatchersEach}")
            : kind.RateHz == 0 && kind.AtOnce == 0 ? throw new InputException(section.Mark, $"'{kind.Name}' never changes: state 'updates' or 'at once'")
            : kind.Changed > kind.Fields ? throw section.Fail(ChangedKey, $"'changed' is at most the {kind.Fields} fields; found {kind.Changed}")
            : kind.FieldBytes > FieldBytesMax || kind.Fields * kind.FieldBytes > StateBytesMax ? throw section.Fail(FieldKey, $"an object has at most {StateBytesMax} B; {kind.Fields} fields of {kind.FieldBytes} B are {kind.Fields * kind.FieldBytes}")
            : kind.RandomBytes > kind.FieldBytes / 2 ? throw section.Fail(RandomKey, $"'random' is at most half of a field, {kind.FieldBytes / 2} B: each is told as two digits; found {kind.RandomBytes} B")
            : kind;
    }

    private static int Bytes(Section section, Key<Quantity> key)
    {
        double bytes = section.Get(key).In(Unit.Byte);
        return bytes == Math.Floor(bytes) ? (int)bytes : throw section.Fail(key, $"'{key.Name}' is a whole number of bytes; found {section.Get(key)}");
    }
}
