using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Faults;

namespace Headroom.Audit.Links;

/// <summary>
/// Faults as they are typed: statements (docs/faults.md), a file of them, or <c>swarm</c>, which draws a plan from the seed of each run. Their moments count
/// from the request.
/// </summary>
public sealed record FaultsChoice
{
    private const string Swarm = "swarm";
    private const int SwarmSteps = 20;
    private const long SwarmNsMin = 1_000_000;
    private const string Forms = "statements ('at 20 ms crash 3'), a file of them, or swarm, with its end if wanted ('swarm 2 s')";

    private readonly IReadOnlyList<(string Text, Mark Mark, bool IsFile)> _statements;
    private readonly long? _swarmNs;

    private FaultsChoice(IReadOnlyList<(string, Mark, bool)> statements, string words, bool isSwarm = false, long? swarmNs = null)
    {
        (_statements, Words, IsSwarm, _swarmNs) = (statements, words, isSwarm, swarmNs);
    }

    public static FaultsChoice None { get; } = new([], "");

    /// <summary>As people call them: <c>swarm</c>, a file's name, the statements where they are short; empty for none.</summary>
    public string Words { get; }

    /// <summary>Each run draws its own plan.</summary>
    public bool IsSwarm { get; }

    /// <summary>One text: a plan, a file's name, or swarm.</summary>
    public static FaultsChoice Read(string text, Place place, ReadingContext files)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(files);
        string trimmed = text.Trim();
        if (trimmed == Swarm || trimmed.StartsWith(Swarm + " ", StringComparison.Ordinal))
        {
            string end = trimmed[Swarm.Length..].Trim();
            long? ns = end.Length == 0 ? null : LinkText.Nanoseconds(end, place, "the moment when the core is healed, such as 'swarm 2 s',");
            return ns == 0 ? throw place.Fail("a swarm needs a time above 0 to strike in") : new FaultsChoice([], end.Length == 0 ? Swarm : $"{Swarm} {end}", isSwarm: true, ns);
        }

        // What begins like a statement, or with a comment, is one; what does not is a file's name.
        if (trimmed.StartsWith('#') || trimmed.StartsWith("at ", StringComparison.Ordinal) || trimmed.StartsWith("from ", StringComparison.Ordinal) || trimmed.Contains('\n', StringComparison.Ordinal))
        {
            return new FaultsChoice([(text, place.Mark, false)], Short(trimmed));
        }

        string path = Path.GetFullPath(Path.Combine(files.Directory, trimmed));
        if (trimmed.Length == 0 || !File.Exists(path))
        {
            throw place.Fail($"{Forms} are expected; found '{Place.Shown(trimmed)}', and there is no file of that name");
        }

        files.AddInput(path);
        string shown = EvidenceFile.Shown(path);
        return new FaultsChoice([(TextFile.Read(path, shown, EvidenceFile.BytesMax), new Mark(shown, 0, 0), true)], Path.GetFileName(path));
    }

    /// <summary>A text as <see cref="Read(string, Place, ReadingContext)"/> takes it, or a list of statements.</summary>
    internal static FaultsChoice Read(string name, Node node, ReadingContext files) => node is SequenceNode list
        ? new FaultsChoice([.. list.Items.Select(item => (Keys.ReadText(name, item, "a statement such as 'at 20 ms crash 3'"), item.Mark, false))], $"{list.Items.Count} written")
        : Read(Keys.ReadText(name, node, Forms), new Place(node.Mark, name), files);

    /// <summary>The setting with these faults.</summary>
    /// <exception cref="InputException">A statement that cannot be read, or that names a member who is not there, at its place.</exception>
    public BroadcastSetting In(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (IsSwarm)
        {
            long stepNs = setting.Network.Topology.GreatestLatencyNs + setting.Network.Jitter.MeanNs + setting.Network.SerialisationNs(setting.PayloadBytes);
            return setting with { SwarmNs = _swarmNs ?? Math.Max(SwarmNsMin, SwarmSteps * stepNs) };
        }

        return _statements.Count == 0 ? setting : setting with { Faults = PlanOf(setting.Members) };
    }

    /// <summary>The written statements as one plan.</summary>
    /// <exception cref="InvalidOperationException">A swarm, which has no plan before a run draws it.</exception>
    /// <exception cref="InputException">A statement that cannot be read, or that names a member who is not there, at its place.</exception>
    public FaultPlan PlanOf(int members) => IsSwarm
        ? throw new InvalidOperationException("A swarm has no plan before a run draws it.")
        : FaultPlan.InOrder(_statements.SelectMany(s => Parse(s.Text, s.Mark, s.IsFile, members).Faults));

    private static FaultPlan Parse(string text, Mark mark, bool isFile, int members)
    {
        try
        {
            return FaultPlan.Parse(text, members);
        }
        catch (FaultPlanException e)
        {
            // A block of lines in a system file begins on the line behind its key.
            Mark at = isFile || mark.Line == 0 ? new Mark(mark.File, e.Line, e.Column)
                : text.Contains('\n', StringComparison.Ordinal) ? new Mark(mark.File, mark.Line + e.Line, e.Column)
                : new Mark(mark.File, mark.Line, mark.Column + e.Column - 1);
            throw new InputException(at, e.Problem);
        }
    }

    private static string Short(string text) => text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal) ? text : $"{text.Split(['\n', ';']).Count(line => line.Trim().Length > 0)} written";

    /// <summary>In words for people: <c>, faults swarm until 2 s</c>; empty for none.</summary>
    public static string WordsOf(BroadcastSetting setting, string words)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.SwarmNs is { } ns ? $", faults drawn until {new Quantity(ns / 1e9, Unit.Second).ToHumanString()}" : setting.Faults.Faults.Count > 0 ? $", faults {words}" : "";
    }
}
