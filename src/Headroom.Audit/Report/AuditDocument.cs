using System.Text.Json;
using Headroom.Audit.Reading;

namespace Headroom.Audit.Report;

/// <summary>A candidate, or the number of a limit, as it stands in an audit's JSON. A value may be infinite.</summary>
public sealed record DocumentValue(string Strategy, double? Value, double? Low, double? High, string Provenance, string ProvenanceKind, bool MeetsGoals, IReadOnlyList<string> MissedGoals, double? MoneyPerYear);

/// <summary>A finding as it stands in an audit's JSON.</summary>
public sealed record DocumentFinding(string Id, string Activity, string Kind, string Metric, string Meaning, string Unit, bool IsFloor, DocumentValue Now, DocumentValue? Best, JsonElement Limit, double? Headroom, string Verdict, string VerdictReason, string AdviceReason, string AdviceTradeOffs, string AdviceConfidence);

/// <summary>An audit's JSON read back, for <c>explain</c> and <c>diff</c>.</summary>
public sealed record AuditDocument(string System, string Version, string Command, IReadOnlyList<DocumentFinding> Findings, IReadOnlyList<string> Violations)
{
    private const long BytesMax = 256 << 20;

    /// <summary>Reads what <c>headroom audit --json=FILE</c> wrote.</summary>
    /// <exception cref="InputException">The file is missing, is not JSON, or is not an audit.</exception>
    public static AuditDocument Load(string path) => Parse(TextFile.Read(path, path, BytesMax), path);

    public static AuditDocument Parse(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            JsonElement root = document.RootElement;
            IEnumerable<JsonElement> executed = root.TryGetProperty("executed", out JsonElement part) && part.TryGetProperty("findings", out JsonElement measured) ? measured.EnumerateArray() : [];
            return new AuditDocument(
                root.GetProperty("system").GetString()!,
                root.GetProperty("version").GetString()!,
                root.GetProperty("command").GetString()!,
                [.. root.GetProperty("findings").EnumerateArray().Concat(executed).Select(Finding)],
                [.. root.GetProperty("violations").EnumerateArray().Select(v => v.GetString()!)]);
        }
        catch (JsonException e)
        {
            throw new InputException(new Mark(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "not JSON as headroom audit --json=FILE writes it");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException(new Mark(path, 0, 0), "JSON, but not an audit's: write one with headroom audit SYSTEM --json=FILE");
        }
    }

    private static DocumentFinding Finding(JsonElement e)
    {
        JsonElement advice = e.GetProperty("advice");
        return new DocumentFinding(
            Text(e, "id"), Text(e, "activity"), Text(e, "kind"), Text(e, "metric"), Text(e, "meaning"), Text(e, "unit"), Text(e, "side") == "floor",
            Value(e.GetProperty("now"))!, Value(e.GetProperty("best")), e.GetProperty("limit").Clone(), Number(e, "headroom"), Text(e, "verdict"), Text(e, "verdictReason"),
            Text(advice, "reason"), Text(advice, "tradeOffs"), Text(advice, "confidence"));
    }

    private static DocumentValue? Value(JsonElement e)
    {
        if (e.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        JsonElement provenance = e.GetProperty("provenance");
        return new DocumentValue(Text(e, "strategy"), Number(e, "value"), Number(e, "low"), Number(e, "high"), Text(provenance, "detail"), Text(provenance, "kind"),
            e.GetProperty("meetsGoals").GetBoolean(), [.. e.GetProperty("missedGoals").EnumerateArray().Select(g => g.GetString()!)], Number(e, "moneyPerYear"));
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString() ?? "";

    private static double? Number(JsonElement e, string name)
    {
        JsonElement value = e.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String => value.GetString() == "infinite" ? double.PositiveInfinity : double.NegativeInfinity,
            _ => null,
        };
    }
}
