using System.Text.Json;

namespace Headroom.Audit.Report;

/// <summary>Plots as the report's page reads them.</summary>
internal static class ExhibitJson
{
    public static void Write(Utf8JsonWriter json, Exhibit exhibit)
    {
        json.WriteStartObject();
        switch (exhibit)
        {
            case LineExhibit lines:
                WriteLines(json, lines);
                break;
            case BarExhibit bars:
                WriteBars(json, bars);
                break;
            case ScatterExhibit scatter:
                WriteScatter(json, scatter);
                break;
            case MapExhibit map:
                WriteMap(json, map);
                break;
            default:
                throw new ArgumentException($"the page draws no {exhibit.GetType().Name}", nameof(exhibit));
        }

        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, LineExhibit exhibit)
    {
        WriteHead(json, "lines", exhibit);
        WriteAxis(json, "x", exhibit.X);
        WriteAxis(json, "y", exhibit.Y);
        AuditJson.WriteArray(json, "series", exhibit.Series, (w, series) =>
        {
            w.WriteStartObject();
            w.WriteString("name", series.Name);
            WriteRole(w, series.Role);
            AuditJson.WriteArray(w, "points", series.Points.Where(p => !double.IsNaN(p.X) && !double.IsNaN(p.Y)), (v, point) =>
            {
                v.WriteStartArray();
                WriteElement(v, point.X);
                WriteElement(v, point.Y);
                v.WriteEndArray();
            });
            w.WriteEndObject();
        });
    }

    private static void WriteBars(Utf8JsonWriter json, BarExhibit exhibit)
    {
        WriteHead(json, "bars", exhibit);
        WriteAxis(json, "value", exhibit.Value);
        AuditJson.WriteArray(json, "bars", exhibit.Bars, (w, bar) =>
        {
            w.WriteStartObject();
            w.WriteString("name", bar.Name);
            WriteNumber(w, "value", bar.Value);
            WriteNumber(w, "low", bar.Low);
            WriteNumber(w, "high", bar.High);
            WriteRole(w, bar.Role);
            w.WriteEndObject();
        });
    }

    private static void WriteScatter(Utf8JsonWriter json, ScatterExhibit exhibit)
    {
        WriteHead(json, "scatter", exhibit);
        WriteAxis(json, "x", exhibit.X);
        WriteAxis(json, "y", exhibit.Y);
        AuditJson.WriteArray(json, "points", exhibit.Points, (w, point) =>
        {
            w.WriteStartObject();
            w.WriteString("name", point.Name);
            WriteNumber(w, "x", point.X);
            WriteNumber(w, "y", point.Y);
            WriteRole(w, point.Role);
            w.WriteBoolean("meetsGoals", point.MeetsGoals);
            w.WriteEndObject();
        });
        AuditJson.WriteArray(json, "guides", exhibit.Guides, (w, guide) =>
        {
            w.WriteStartObject();
            w.WriteString("axis", guide.IsVertical ? "x" : "y");
            WriteNumber(w, "value", guide.Value);
            w.WriteString("label", guide.Label);
            w.WriteEndObject();
        });
    }

    private static void WriteMap(Utf8JsonWriter json, MapExhibit exhibit)
    {
        WriteHead(json, "map", exhibit);
        WriteAxis(json, "value", exhibit.Value);
        AuditJson.WriteArray(json, "nodes", exhibit.Nodes, (w, node) =>
        {
            w.WriteStartObject();
            w.WriteString("name", node.Name);
            WriteNumber(w, "x", node.X);
            WriteNumber(w, "y", node.Y);
            w.WriteEndObject();
        });
        AuditJson.WriteArray(json, "links", exhibit.Links, (w, link) =>
        {
            w.WriteStartObject();
            w.WriteNumber("from", link.From);
            w.WriteNumber("to", link.To);
            WriteNumber(w, "value", link.Value);
            w.WriteString("label", link.Label);
            w.WriteEndObject();
        });
    }

    private static void WriteHead(Utf8JsonWriter json, string type, Exhibit exhibit)
    {
        json.WriteString("type", type);
        json.WriteString("title", exhibit.Title);
        json.WriteString("caption", exhibit.Caption);
    }

    private static void WriteAxis(Utf8JsonWriter json, string name, Axis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", axis.Label);
        json.WriteString("unit", axis.Unit);
        json.WriteBoolean("log", axis.IsLog);
        json.WriteEndObject();
    }

    private static void WriteRole(Utf8JsonWriter json, Role role) => json.WriteString("role", role switch
    {
        Role.Now => "now",
        Role.Best => "best",
        Role.Limit => "limit",
        Role.Claimed => "claimed",
        _ => "candidate",
    });

    /// <summary>What is not a number at all has no place on any axis; the page says how many it left out.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value) => AuditJson.WriteNumber(json, name, value is { } v && double.IsNaN(v) ? null : value);

    private static void WriteElement(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value > 0 ? "infinite" : "-infinite");
        }
    }
}
