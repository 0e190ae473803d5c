using System.Text.Json;
using Headroom.Audit.Report;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Laboratory;

/// <summary>A laboratory's result as JSON: what was executed stands apart from what is reproducible.</summary>
public static class LabJson
{
    public static byte[] Write(LabResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("laboratory", result.Kind);
            json.WriteString("version", AuditResult.Version);
            json.WriteString("command", result.Command);
            json.WriteNumber("seed", result.Seed.Value);
            json.WriteString("protocol", result.Protocol);
            json.WriteString("transport", result.Transport.ToString().ToLowerInvariant());
            json.WriteString("setting", result.Setting);
            json.WriteNumber("trials", result.Trials);
            json.WriteBoolean("interrupted", result.WasInterrupted);
            AuditJson.WriteArray(json, "rows", result.Rows, (w, row) =>
            {
                w.WriteStartObject();
                w.WriteString("metric", row.Metric);
                w.WriteString("unit", row.Unit);
                if (row.Simulated is { } simulated)
                {
                    WriteEstimate(w, "simulated", simulated);
                }

                AuditJson.WriteNumber(w, "floor", row.Floor?.Value.Number);
                w.WriteString("bound", row.Floor?.Id);
                w.WriteEndObject();
            });
            AuditJson.WriteArray(json, "executed", result.Rows, (w, row) =>
            {
                w.WriteStartObject();
                w.WriteString("metric", row.Metric);
                WriteEstimate(w, "executed", row.Executed);
                if (row.Agrees is { } agrees)
                {
                    w.WriteBoolean("agrees", agrees);
                }

                AuditJson.WriteNumber(w, "ratioToFloor", row.RatioToFloor);
                w.WriteString("verdict", row.Verdict.ToString());
                w.WriteEndObject();
            });
            if (result.Check is { } check)
            {
                json.WriteBoolean("holds", check.Holds);
                json.WriteString("check", check.Text);
            }

            AuditJson.WriteArray(json, "notes", result.Notes, (w, note) => w.WriteStringValue(note));
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteEstimate(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        AuditJson.WriteNumber(json, "mean", estimate.Value);
        AuditJson.WriteNumber(json, "low", estimate.Low);
        AuditJson.WriteNumber(json, "high", estimate.High);
        json.WriteEndObject();
    }
}
