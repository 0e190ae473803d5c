using Headroom.Audit.Reading;
using Headroom.Audit.Studies;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Systems;

/// <summary>One activity, read and validated, ready to run.</summary>
public sealed record Activity(string Name, string Kind, Mark Mark, IReadOnlyList<Claim> Claims, Func<StudyContext, StudyResult> Run);

/// <summary>A system as the user describes it in one YAML file.</summary>
public sealed record SystemFile
{
    public const long BytesMax = 4 << 20;

    private static readonly Key<long> VersionKey = Keys.Checked(Keys.Count("headroom", "version of this format: 1"),
        (_, version) => version == 1 ? null : $"'headroom' is the version of the format; this program reads version 1, not {version}").Required();
    private static readonly Key<string> NameKey = Keys.Text("name", "the system's name").Required();
    private static readonly Key<Section> PricesKey = Keys.Section("prices", "what things cost", [.. Prices.SystemKeys]);
    private static readonly Key<Node> ActivitiesKey = new Key<Node>("activities", "a list of activities", "what communicates", (node, _) => node).Required();
    private static readonly Key<string> ActivityNameKey = Keys.Text("name", "the activity's name, unique in the file").Required();
    private static readonly Key<string> KindKey = Keys.Text("kind", "what it does").Required();

    /// <summary>The keys at the top of a system file.</summary>
    public static IReadOnlyList<Key> TopKeys { get; } = [VersionKey, NameKey, PricesKey, ActivitiesKey];

    public required string Name { get; init; }

    public required Prices Prices { get; init; }

    public required IReadOnlyList<Activity> Activities { get; init; }

    /// <summary>Full paths of every file that was read, the system file first.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Reads and validates a system file and everything it names.</summary>
    /// <exception cref="InputException">Anything wrong, with its place.</exception>
    public static SystemFile Load(string path)
    {
        string text = TextFile.Read(path, path, BytesMax);
        string full = Path.GetFullPath(path);
        return Parse(text, path, Path.GetDirectoryName(full)!, full);
    }

    /// <summary>Reads a system file's text; relative paths start at <paramref name="directory"/>.</summary>
    public static SystemFile Parse(string text, string shownAs, string directory, string? fullPath = null)
    {
        var context = new ReadingContext(directory);
        Section top = Section.Read(YamlTree.Parse(text, shownAs), "a system file", TopKeys, context);
        Node list = top.Get(ActivitiesKey);
        if (list is not SequenceNode { Items.Count: > 0 } activities)
        {
            throw new InputException(list.Mark, $"'activities' is a list of at least one activity; found {(list is SequenceNode ? "an empty list" : list.Describe())}");
        }

        var read = new List<Activity>();
        foreach (Node node in activities.Items)
        {
            Activity activity = ReadActivity(node, context);
            if (read.FirstOrDefault(a => Slug.Of(a.Name) == Slug.Of(activity.Name)) is { } same)
            {
                throw new InputException(activity.Mark, $"two activities are called '{activity.Name}' (the other in line {same.Mark.Line}); names must differ");
            }

            read.Add(activity);
        }

        return new SystemFile
        {
            Name = top.Get(NameKey),
            Prices = top.TryGet(PricesKey, out Section? prices) ? Prices.Of(prices) : Prices.None,
            Activities = read,
            Inputs = [.. (fullPath is null ? [] : new[] { fullPath }), .. context.Inputs],
        };
    }

    private static Activity ReadActivity(Node node, ReadingContext context)
    {
        if (node is not MappingNode mapping)
        {
            throw new InputException(node.Mark, $"an activity is a mapping with name and kind; found {node.Describe()}");
        }

        MappingEntry[] common = [.. mapping.Entries.Where(e => e.Key is "name" or "kind")];
        Section head = Section.Read(new MappingNode(mapping.Mark, common), "an activity", [ActivityNameKey, KindKey], context);
        string name = head.Get(ActivityNameKey);
        string kind = head.Get(KindKey);
        IStudy study = StudyRegistry.Find(kind) ?? throw head.Fail(KindKey,
            $"no kind '{kind}'{Keys.DidYouMean(kind, StudyRegistry.All.Select(s => s.Schema.Kind))}; known are {string.Join(", ", StudyRegistry.All.Select(s => s.Schema.Kind))}");
        Key<IReadOnlyList<Section>> claimsKey = ClaimReader.Key;
        Section section = Section.Read(mapping, $"activity '{name}' ({kind})", [ActivityNameKey, KindKey, .. study.Schema.Keys, claimsKey], context);
        Func<StudyContext, StudyResult> run = study.Prepare(section);
        IReadOnlyList<Claim> claims = section.TryGet(claimsKey, out IReadOnlyList<Section>? written) ? [.. written.Select(c => ClaimReader.Read(c, name, study.Schema))] : [];
        return new Activity(name, kind, mapping.Mark, claims, run);
    }
}
