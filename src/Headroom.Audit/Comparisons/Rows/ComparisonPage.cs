using System.Text;
using System.Text.Json;
using Headroom.Audit.Report;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>A comparison as one self-contained HTML file: the report's page with the rows and the plots in it.</summary>
public static class ComparisonPage
{
    public static byte[] Of(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ComparisonJson.WriteHead(json, result);
            AuditJson.WriteArray(json, "violations", result.Violations, WriteRow);
            AuditJson.WriteArray(json, "notes", result.Notes, (w, note) => w.WriteStringValue(note));
            AuditJson.WriteArray(json, "groups", result.Groups, WriteGroup);
            AuditJson.WriteArray(json, "exhibits", result.Exhibits, ExhibitJson.Write);
            json.WriteEndObject();
        }

        return ReportPage.Fill($"compare {result.Subject}", Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteGroup(Utf8JsonWriter json, ComparisonGroup group)
    {
        json.WriteStartObject();
        json.WriteString("setting", group.Setting);
        if (group.Recommendation is { } advice)
        {
            json.WriteStartObject("recommendation");
            json.WriteString("strategy", advice.Strategy);
            json.WriteString("criterion", advice.Criterion);
            json.WriteString("reason", advice.Reason);
            json.WriteString("givesUp", advice.GivesUp);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("recommendation");
        }

        AuditJson.WriteArray(json, "cells", group.Cells, (w, cell) =>
        {
            w.WriteStartObject();
            w.WriteString("strategy", cell.Strategy);
            w.WriteString("note", cell.Note);
            AuditJson.WriteArray(w, "rows", cell.Rows, WriteRow);
            AuditJson.WriteArray(w, "further", cell.Further, (v, further) =>
            {
                v.WriteStartObject();
                v.WriteString("name", further.Name);
                v.WriteString("unit", further.Unit);
                AuditJson.WriteNumber(v, "value", further.Value);
                v.WriteString("meaning", further.Meaning);
                v.WriteEndObject();
            });
            w.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, ComparisonRow row)
    {
        json.WriteStartObject();
        ComparisonJson.WriteValues(json, row);
        json.WriteString("method", ComparisonJson.MethodName(row.Method));
        json.WriteString("bound", row.Floor.Bound);
        json.WriteString("floorReason", row.Floor.Reason);
        json.WriteEndObject();
    }
}
