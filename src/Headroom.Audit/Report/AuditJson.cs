using System.Text.Json;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Report;

/// <summary>
/// The audit as JSON. <c>findings</c> holds what a rerun with the same seed gives byte for byte on any machine; what was measured on this
/// machine or read from evidence stands in <c>executed</c>.
/// </summary>
public static class AuditJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    /// <summary>The whole document as UTF-8.</summary>
    public static byte[] Write(AuditResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteBody(json, result);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The properties of the document, without the braces, so that the report can add its own.</summary>
    public static void WriteBody(Utf8JsonWriter json, AuditResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteString("system", result.System);
        json.WriteString("version", AuditResult.Version);
        json.WriteNumber("seed", result.Seed.Value);
        json.WriteString("command", result.Command);
        WriteArray(json, "findings", result.Findings.Where(f => f.IsReproducible), WriteFinding);
        WriteArray(json, "claims", result.Claims, (w, c) => WriteClaim(w, c, result.Findings.FirstOrDefault(f => f.Activity == c.Claim.Activity && f.Metric.Name == c.Claim.Metric)?.Metric.Unit));
        WriteArray(json, "violations", result.Violations, (w, f) => w.WriteStringValue(f.Id));
        json.WriteStartObject("executed");
        json.WriteString("machine", Machine());
        WriteArray(json, "findings", result.Findings.Where(f => !f.IsReproducible), WriteFinding);
        json.WriteEndObject();
    }

    public static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(finding);
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("activity", finding.Activity);
        json.WriteString("kind", finding.Kind);
        json.WriteString("metric", finding.Metric.Name);
        json.WriteString("meaning", finding.Metric.Meaning);
        json.WriteString("unit", finding.Metric.Unit.Symbol);
        json.WriteString("side", Lower(finding.Metric.Side));
        json.WriteBoolean("headline", finding.Headline);
        json.WritePropertyName("now");
        WriteCandidate(json, finding.Now);
        json.WritePropertyName("best");
        WriteCandidate(json, finding.Best);
        json.WritePropertyName("limit");
        WriteLimit(json, finding.Limit);
        WriteNumber(json, "headroom", finding.Headroom);
        json.WriteString("verdict", finding.Verdict == Verdict.None && finding.Limit is { IsBound: false } ? "reference" : Lower(finding.Verdict));
        json.WriteString("verdictReason", finding.VerdictReason);
        WriteNumber(json, "moneyToBest", finding.MoneyToBest);
        WriteNumber(json, "moneyToLimit", finding.MoneyToLimit);
        WriteArray(json, "candidates", finding.Candidates, WriteCandidate);
        json.WriteStartObject("advice");
        json.WriteString("reason", finding.Advice.Reason);
        json.WriteString("tradeOffs", finding.Advice.TradeOffs);
        json.WriteString("confidence", finding.Advice.Confidence);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A number, <c>"unbounded"</c>, or <c>{"outsideRegime": why}</c>.</summary>
    public static void WriteValue(Utf8JsonWriter json, string name, BoundValue value)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WritePropertyName(name);
        switch (value)
        {
            case BoundValue.Finite finite:
                json.WriteNumberValue(finite.Value);
                break;
            case BoundValue.OutsideRegime outside:
                json.WriteStartObject();
                json.WriteString("outsideRegime", outside.Reason);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue("unbounded");
                break;
        }
    }

    public static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    /// <summary>A finite number, the words "infinite" or "-infinite", or null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case { } number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value > 0 ? "infinite" : "-infinite");
                break;
        }
    }

    private static void WriteCandidate(Utf8JsonWriter json, Candidate? candidate)
    {
        if (candidate is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("strategy", candidate.Strategy);
        WriteNumber(json, "value", candidate.Value.Value);
        WriteNumber(json, "low", candidate.Value.Low);
        WriteNumber(json, "high", candidate.Value.High);
        WriteProvenance(json, candidate.Value.Provenance);
        json.WriteBoolean("meetsGoals", candidate.MeetsGoals);
        WriteArray(json, "missedGoals", candidate.MissedGoals, (w, goal) => w.WriteStringValue(goal));
        WriteMoney(json, candidate.Money);
        json.WriteString("outsideRegime", candidate.OutsideRegime);
        json.WriteString("note", candidate.Note);
        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, Limit? limit)
    {
        if (limit is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("kind", limit.IsBound ? "bound" : "reference");
        json.WriteString("id", limit.Id);
        json.WriteString("title", limit.Title);
        WriteValue(json, "value", limit.Value);
        json.WriteString("side", Lower(limit.Side));
        json.WriteString("regime", limit.Regime);
        json.WriteString("arguments", limit.Arguments);
        WriteProvenance(json, limit.Provenance);
        WriteMoney(json, limit.Money);
        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("kind", Lower(provenance.Kind));
        json.WriteString("detail", provenance.Detail);
        json.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter json, Money? money)
    {
        WriteNumber(json, "moneyPerYear", money?.DollarsPerYear);
        if (money is null)
        {
            return;
        }

        json.WriteStartObject("moneyByPrice");
        foreach (MoneyPart part in money.Parts)
        {
            WriteNumber(json, part.Price, part.DollarsPerYear);
        }

        json.WriteEndObject();
    }

    /// <summary>A claim keeps the unit it was made in; beside it stands its value in the unit of the metric, where there is one.</summary>
    private static void WriteClaim(Utf8JsonWriter json, JudgedClaim judged, Unit? metric)
    {
        json.WriteStartObject();
        json.WriteString("activity", judged.Claim.Activity);
        json.WriteString("metric", judged.Claim.Metric);
        json.WriteNumber("value", judged.Claim.Value.Value);
        json.WriteString("unit", judged.Claim.Value.Unit.Symbol);
        WriteNumber(json, "metricValue", metric is { } unit && unit.Dimension == judged.Claim.Value.Dimension ? judged.Claim.Value.In(unit) : null);
        json.WriteString("by", judged.Claim.By);
        json.WriteString("strategy", judged.Claim.Strategy);
        json.WriteString("text", judged.Claim.Text);
        json.WriteString("verdict", Lower(judged.Verdict));
        json.WriteString("why", judged.Why);
        json.WriteEndObject();
    }

    private static string Machine() =>
        $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}";

    /// <summary>An enumeration's name as JSON writes it: <c>OutsideRegime</c> becomes <c>outsideRegime</c>.</summary>
    private static string Lower(Enum value)
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
