using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Headroom.Audit.Reading;

/// <summary>
/// Reads YAML into nodes that know their line and column. Strict: one document, no duplicate keys, no anchors, aliases or tags (which
/// system files do not need and hostile ones abuse), nesting at most 32 deep.
/// </summary>
public sealed class YamlTree
{
    private const int DepthMax = 32;
    private readonly string _file;
    private readonly Parser _parser;

    private YamlTree(string text, string file)
    {
        _file = file;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    public static Node Parse(string text, string file)
    {
        if (text.AsSpan().Trim().IsEmpty)
        {
            throw new InputException(new Reading.Mark(file, 1, 1), "the file is empty");
        }

        try
        {
            return new YamlTree(text, file).Document();
        }
        catch (YamlException e)
        {
            string sentence = Sentence(e);
            if (sentence.Contains(" tab", StringComparison.Ordinal) && FirstTabbedLine(text) is { } tabbed)
            {
                throw new InputException(new Reading.Mark(file, tabbed, 1), "a tab indents this line; YAML takes only spaces there");
            }

            throw new InputException(new Reading.Mark(file, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column)), "not YAML: " + sentence);
        }
    }

    /// <summary>The library tells a tab at the beginning of its block; people look for the line.</summary>
    private static int? FirstTabbedLine(string text)
    {
        string[] lines = text.Split('\n');
        int index = Array.FindIndex(lines, line => line[..(line.Length - line.TrimStart().Length)].Contains('\t', StringComparison.Ordinal));
        return index < 0 ? null : index + 1;
    }

    private static string Sentence(YamlException e)
    {
        string message = e.InnerException is YamlException inner ? inner.Message : e.Message;
        return message.ReplaceLineEndings(" ").Trim();
    }

    private Node Document()
    {
        Next();
        Take<StreamStart>("the beginning of a stream");
        if (_parser.Current is StreamEnd)
        {
            throw new InputException(new Reading.Mark(_file, 1, 1), "the file has only comments");
        }

        Take<DocumentStart>("a document");
        Node root = Value(0);
        Take<DocumentEnd>("the end of the document");
        if (_parser.Current is not StreamEnd)
        {
            throw Fail(_parser.Current!, "a second document begins; a system file has one");
        }

        return root;
    }

    private Node Value(int depth)
    {
        ParsingEvent current = _parser.Current ?? throw new InputException(new Reading.Mark(_file, 1, 1), "the file ends too early");
        if (depth > DepthMax)
        {
            throw Fail(current, $"nested more than {DepthMax} deep");
        }

        if (current is AnchorAlias || (current is NodeEvent node && !node.Anchor.IsEmpty))
        {
            throw Fail(current, "anchors and aliases (& and *) are not read; write the value out, in quotes if it begins with & or *");
        }

        if (current is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            throw Fail(current, "tags (!) are not read; put the value in quotes if it begins with !");
        }

        return current switch
        {
            Scalar scalar => Scalar(scalar),
            SequenceStart start => Sequence(start, depth),
            MappingStart start => Mapping(start, depth),
            _ => throw Fail(current, "a value is expected"),
        };
    }

    private ScalarNode Scalar(Scalar scalar)
    {
        Next();
        return new ScalarNode(MarkOf(scalar), scalar.Value);
    }

    private SequenceNode Sequence(SequenceStart start, int depth)
    {
        Next();
        var items = new List<Node>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(Value(depth + 1));
        }

        Next();
        return new SequenceNode(MarkOf(start), items);
    }

    private MappingNode Mapping(MappingStart start, int depth)
    {
        Next();
        var entries = new List<MappingEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            ParsingEvent at = _parser.Current ?? throw Fail(start, "a mapping that does not end");
            if (Value(depth + 1) is not ScalarNode key)
            {
                throw Fail(at, "a key is a single word or name");
            }

            if (!seen.Add(key.Text))
            {
                throw new InputException(key.Mark, $"'{key.Text}' stands twice in one mapping");
            }

            entries.Add(new MappingEntry(key.Text, key.Mark, Value(depth + 1)));
        }

        Next();
        return new MappingNode(MarkOf(start), entries);
    }

    private void Next()
    {
        Reading.Mark last = _parser.Current is { } current ? MarkOf(current) : new Reading.Mark(_file, 1, 1);
        try
        {
            _ = _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException)
        {
            // The library's scanner fails like this on some mangled input.
            throw new InputException(last, "not YAML after this place");
        }
    }

    private void Take<T>(string expected)
        where T : ParsingEvent
    {
        if (_parser.Current is not T)
        {
            throw _parser.Current is { } found
                ? Fail(found, $"{expected} is expected")
                : new InputException(new Reading.Mark(_file, 1, 1), $"the file ends where {expected} is expected");
        }

        Next();
    }

    private Reading.Mark MarkOf(ParsingEvent e) => new(_file, (int)e.Start.Line, (int)e.Start.Column);

    private InputException Fail(ParsingEvent e, string problem) => new(MarkOf(e), problem);
}
