using System.Text.Json;
using Headroom.Audit.Report;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>A comparison as JSON: the rows, and beside them how each cell came about. The same bytes for the same seed and options.</summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static byte[] Write(ComparisonResult result)
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

    private static void WriteBody(Utf8JsonWriter json, ComparisonResult result)
    {
        WriteHead(json, result);
        AuditJson.WriteArray(json, "rows", result.Rows, WriteRow);
        AuditJson.WriteArray(json, "cells", result.Cells, WriteCell);
        AuditJson.WriteArray(json, "recommendations", result.Groups.Where(g => g.Recommendation is not null), WriteRecommendation);
        AuditJson.WriteArray(json, "violations", result.Violations, WriteRow);
        AuditJson.WriteArray(json, "notes", result.Notes, (w, note) => w.WriteStringValue(note));
    }

    /// <summary>What a comparison is of, and how to say it again.</summary>
    internal static void WriteHead(Utf8JsonWriter json, ComparisonResult result)
    {
        json.WriteString("comparison", result.Subject);
        json.WriteString("version", AuditResult.Version);
        json.WriteNumber("seed", result.Seed.Value);
        json.WriteString("command", result.Command);
        json.WriteBoolean("interrupted", result.WasInterrupted);
        json.WriteStartObject("units");
        foreach ((string axis, string unit) in result.Axes)
        {
            json.WriteString(axis, unit);
        }

        json.WriteEndObject();
        AuditJson.WriteArray(json, "metrics", result.Metrics, (w, metric) =>
        {
            w.WriteStartObject();
            w.WriteString("metric", metric.Metric);
            w.WriteString("unit", metric.Unit);
            w.WriteString("meaning", metric.Meaning);
            w.WriteEndObject();
        });
    }

    private static void WriteRow(Utf8JsonWriter json, ComparisonRow row)
    {
        json.WriteStartObject();
        WriteCoordinates(json, row.Coordinates);
        WriteValues(json, row);
        json.WriteEndObject();
    }

    /// <summary>A row without its coordinates.</summary>
    internal static void WriteValues(Utf8JsonWriter json, ComparisonRow row)
    {
        json.WriteNumber("trials", row.Trials);
        json.WriteString("metric", row.Metric);
        json.WriteString("unit", row.Unit);
        if (row.Theory is { } theory)
        {
            json.WriteStartObject("theory");
            AuditJson.WriteNumber(json, "bestCase", theory.BestCase);
            AuditJson.WriteNumber(json, "average", theory.Average);
            AuditJson.WriteNumber(json, "worstCase", theory.WorstCase);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("theory");
        }

        if (row.Measured is { } measured)
        {
            json.WriteStartObject("measured");
            AuditJson.WriteNumber(json, "mean", measured.Mean);
            AuditJson.WriteNumber(json, "low", measured.Low);
            AuditJson.WriteNumber(json, "high", measured.High);
            AuditJson.WriteNumber(json, "p99", measured.P99);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("measured");
        }

        AuditJson.WriteNumber(json, "floor", row.Floor.Value);
        AuditJson.WriteNumber(json, "ratioToTheory", row.RatioToTheory);
        AuditJson.WriteNumber(json, "ratioToFloor", row.RatioToFloor);
    }

    private static void WriteCell(Utf8JsonWriter json, ComparisonCell cell)
    {
        json.WriteStartObject();
        WriteCoordinates(json, cell.Coordinates);
        AuditJson.WriteArray(json, "rows", cell.Rows, (w, row) =>
        {
            w.WriteStartObject();
            w.WriteString("metric", row.Metric);
            w.WriteNumber("trials", row.Trials);
            w.WriteString("method", MethodName(row.Method));
            w.WriteString("bound", row.Floor.Bound);
            w.WriteString("verdict", row.Floor.Verdict.ToString());
            w.WriteString("floorReason", row.Floor.Reason);
            w.WriteEndObject();
        });
        foreach ((string name, _, double? value, _) in cell.Further)
        {
            AuditJson.WriteNumber(json, name, value);
        }

        json.WriteString("note", cell.Note);
        json.WriteEndObject();
    }

    private static void WriteRecommendation(Utf8JsonWriter json, ComparisonGroup group)
    {
        json.WriteStartObject();
        WriteCoordinates(json, group.Cells[0].Coordinates.Skip(1));
        json.WriteString("recommended", group.Recommendation!.Strategy);
        json.WriteString("criterion", group.Recommendation.Criterion);
        json.WriteString("reason", group.Recommendation.Reason);
        json.WriteString("givesUp", group.Recommendation.GivesUp);
        json.WriteEndObject();
    }

    internal static string MethodName(Method method) => method switch { Method.Simulated => "simulated", Method.ClosedForm => "closed-form", _ => "not-run" };

    private static void WriteCoordinates(Utf8JsonWriter json, IEnumerable<Coordinate> coordinates)
    {
        foreach (Coordinate coordinate in coordinates)
        {
            if (coordinate.Text is { } text)
            {
                json.WriteString(coordinate.Axis, text);
            }
            else
            {
                AuditJson.WriteNumber(json, coordinate.Axis, coordinate.Number);
            }
        }
    }
}
