using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Headroom.Evidence.Topologies;

/// <summary>
/// GraphML [brandes2002] as the Internet Topology Zoo [knight2011] and its yEd sources use it. A node's name is its <c>label</c>, else the drawn
/// label, else its id; its place is <c>Longitude</c> and <c>Latitude</c>, else where it was drawn. An edge's capacity is <c>LinkSpeedRaw</c> (bit/s), else
/// a label such as <c>10 Gbps</c>, else what the caller hands in. A drawn line without arrow heads goes both ways whatever the file's default says,
/// because that is how such maps mean it. Document types are refused: no entity is ever expanded.
/// </summary>
public static class GraphMlReader
{
    private const long CharactersMax = 256 << 20;

    /// <summary>Text of nested elements is gathered by recursion in the base library; real files nest about seven deep.</summary>
    private const int DepthMax = 64;

    /// <param name="text">The file.</param>
    /// <param name="defaultCapacityBps">For edges whose capacity the file does not state; null when there is no such default.</param>
    /// <exception cref="MalformedException">The text is not such a graph, or a capacity is missing.</exception>
    public static GraphMlTopology Read(string text, double? defaultCapacityBps)
    {
        ArgumentNullException.ThrowIfNull(text);
        XElement root = Load(text);
        if (root.Name.LocalName != "graphml")
        {
            throw Fail(root, $"the root element is <graphml>; found <{root.Name.LocalName}>");
        }

        XElement[] graphs = [.. root.Elements().Where(e => e.Name.LocalName == "graph")];
        if (graphs.Length != 1)
        {
            throw Fail(graphs.Length == 0 ? root : graphs[1], $"one <graph> is expected; found {graphs.Length}");
        }

        return new GraphMlBuilder(root, graphs[0], defaultCapacityBps).Build();
    }

    internal static MalformedException Fail(XElement at, string problem)
    {
        IXmlLineInfo info = at;
        return new MalformedException(Math.Max(1, info.LineNumber), Math.Max(1, info.LinePosition), problem);
    }

    private static XElement Load(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = CharactersMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            CheckDepth(text, settings);
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            throw new MalformedException(Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition), $"not well-formed XML: {Sentence(e.Message)}");
        }
    }

    private static void CheckDepth(string text, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
            if (reader.Depth > DepthMax)
            {
                var info = (IXmlLineInfo)reader;
                throw new MalformedException(Math.Max(1, info.LineNumber), Math.Max(1, info.LinePosition), $"elements nest more than {DepthMax} deep");
            }
        }
    }

    /// <summary>The message without its place, which is told apart, and without advice to programmers.</summary>
    private static string Sentence(string message)
    {
        if (message.Contains("DTD", StringComparison.Ordinal))
        {
            return "a document type is not read";
        }

        int place = message.IndexOf(" Line ", StringComparison.Ordinal);
        return (place < 0 ? message : message[..place]).TrimEnd('.');
    }

    internal static double? Number(XElement at, string what, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Fail(at, $"{what} is a number; found '{Shorten(text.Trim())}'");
    }

    internal static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
