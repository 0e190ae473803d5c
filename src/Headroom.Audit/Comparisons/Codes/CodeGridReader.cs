using System.Globalization;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Reading;
using Headroom.Audit.Studies.Store;
using Headroom.Audit.Systems;
using Headroom.Coding.Erasure;

namespace Headroom.Audit.Comparisons.Codes;

/// <summary>Reads what is typed by the keys of the kind <c>store</c>, so that both refuse the same.</summary>
public static class CodeGridReader
{
    private const int CodesMax = 64;

    /// <exception cref="InputException">What is wrong, and with which option.</exception>
    public static CodeGrid Read(CodeGridText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] codes = [.. SplitCodes(text.Codes)];
        if (codes.Length is 0 or > CodesMax)
        {
            throw AxisReader.Wrong("--codes", $"takes 1 to {CodesMax} codes, such as replication(3),rs(10,4)");
        }

        string[] sizes = [.. AxisReader.Split("--sizes", text.Sizes)];
        string share = (1.0 / sizes.Length).ToString("R", CultureInfo.InvariantCulture);
        string[] lines =
        [
            Line("data", text.Data), $"nodes: {{ count: {Scalar(text.Nodes)}, mttf: {Scalar(text.Mttf)}, bandwidth: {Scalar(text.Bandwidth)}, detect: {Scalar(text.Detect)} }}",
            Line("placement", text.Placement), .. Domain("sites", text.Sites), .. Domain("racks", text.Racks), .. Domain("hosts", text.Hosts),
            .. text.Copysets is null ? [] : (string[])[Line("copysets", text.Copysets)],
            text.Object is null ? Line("shard", text.Shard) : Line("object", text.Object),
            Line("write", text.Write), $"reading: {{ latency: {Scalar(text.Latency)}, p99: {Scalar(text.P99)} }}",
            $"sizes: [ {string.Join(", ", sizes.Select(size => $"{{ size: {Scalar(size)}, share: {share} }}"))} ]",
            Line("now", codes[0]), $"candidates: [ {string.Join(", ", codes[1..].Select(Scalar))} ]",
        ];
        StoreInput input = Refusing(lines, () => StoreReader.Read(SectionOf(lines, "the options", StoreKeys.Schema.Keys)));
        string[] prices = [.. text.StoragePrice is null ? [] : (string[])[Line("storage", text.StoragePrice)], .. text.EgressPrice is null ? [] : (string[])[Line("egress", text.EgressPrice)]];
        return new CodeGrid
        {
            Input = input,
            Prices = prices.Length == 0 ? Prices.None : Refusing(prices, () => Prices.Of(SectionOf(prices, "the prices", Prices.SystemKeys))),
            Codes = [.. ((ErasureCode[])[input.Now, .. input.Asked]).DistinctBy(code => code.Name)],
            Setting = $"{text.Data} on {text.Nodes} nodes, mttf {text.Mttf}, {text.Bandwidth} for repairs, noticed after {text.Detect}, {text.Placement}"
                + string.Concat(new[] { ("sites", text.Sites), ("racks", text.Racks), ("hosts", text.Hosts) }.Where(level => level.Item2 is not null).Select(level => $", {level.Item1} {level.Item2}"))
                + (text.Copysets is null ? "" : $", {text.Copysets} copysets") + (text.Object is null ? $", shards of {text.Shard}" : $", objects of {text.Object} striped singly"),
        };
    }

    private static Section SectionOf(string[] lines, string title, IReadOnlyList<Key> keys) =>
        Section.Read(YamlTree.Parse(string.Join('\n', lines), "the options"), title, keys, new ReadingContext(Environment.CurrentDirectory));

    /// <summary>What is refused is told of the option that gave the line, not of a file that nobody wrote.</summary>
    private static T Refusing<T>(string[] lines, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InputException e) when (e.Mark.Line >= 1 && e.Mark.Line <= lines.Length)
        {
            string line = lines[e.Mark.Line - 1];
            string above = line[..line.IndexOf(':', StringComparison.Ordinal)];
            string key = e.Problem.StartsWith('\'') ? e.Problem.Split('\'')[1] : "";
            throw AxisReader.Wrong(above switch
            {
                "nodes" => key is "mttf" or "bandwidth" or "detect" ? $"--{key}" : "--nodes",
                "reading" => key == "latency" ? "--latency" : "--p99",
                "now" or "candidates" => "--codes",
                "storage" or "egress" => $"--{above}-price",
                _ => $"--{above}",
            }, e.Problem);
        }
    }

    /// <summary>At the commas outside parentheses.</summary>
    private static IEnumerable<string> SplitCodes(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            depth += i < text.Length && text[i] == '(' ? 1 : i < text.Length && text[i] == ')' ? -1 : 0;
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (text[start..i].Trim() is { Length: > 0 } code)
                {
                    yield return code;
                }

                start = i + 1;
            }
        }
    }

    private static IEnumerable<string> Domain(string name, string? text)
    {
        if (text is null)
        {
            return [];
        }

        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length is 2 or 3
            ? [$"{name}: {{ count: {Scalar(words[0])}, mttf: {Scalar(words[1])}{(words.Length == 3 ? $", uplink: {Scalar(words[2])}" : "")} }}"]
            : throw AxisReader.Wrong($"--{name}", $"is written COUNT MTTF [UPLINK], such as '40 20y 10Gbit/s'; found '{text}'");
    }

    private static string Line(string key, string value) => $"{key}: {Scalar(value)}";

    private static string Scalar(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
