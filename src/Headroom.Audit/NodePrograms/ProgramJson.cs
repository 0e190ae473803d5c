using System.Text.Json;
using Headroom.Audit.Report;
using Headroom.Kernel.Findings;
using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Audit.NodePrograms;

/// <summary>A run of a node program as JSON: all of it was measured on this machine.</summary>
public static class ProgramJson
{
    public static byte[] Write(MaelstromResult result, IReadOnlyList<ProgramRow> rows, string command)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(rows);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("workload", WorkloadNames.Of(result.Options.Workload));
            json.WriteString("version", AuditResult.Version);
            json.WriteNumber("seed", result.Options.Seed);
            json.WriteString("command", command);
            json.WriteBoolean("passed", result.Passed);
            json.WriteBoolean("interrupted", result.Interrupted);
            json.WriteNumber("seconds", result.Seconds);
            WriteRows(json, rows);
            WriteCounts(json, result);
            WriteCheck(json, result.Check);
            WriteFaults(json, result);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteRows(Utf8JsonWriter json, IReadOnlyList<ProgramRow> rows)
    {
        json.WriteStartArray("measures");
        foreach (ProgramRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("metric", row.Metric);
            json.WriteString("meaning", row.Meaning);
            if (double.IsFinite(row.Measured))
            {
                json.WriteNumber("measured", row.Measured);
            }
            else
            {
                json.WriteString("measured", "never");
            }

            json.WriteString("unit", row.Unit.Symbol);
            if (row.Limit is not null)
            {
                json.WriteString("bound", row.Bound!.Id);
                AuditJson.WriteValue(json, "limit", row.Limit);
                json.WriteString("verdict", row.Verdict == Verdict.OutsideRegime ? "outside regime" : row.Verdict.ToString().ToLowerInvariant());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, MaelstromResult result)
    {
        json.WriteStartArray("operations");
        foreach (OperationCount count in result.Operations)
        {
            json.WriteStartObject();
            json.WriteString("function", count.Function);
            json.WriteNumber("invoked", count.Invoked);
            json.WriteNumber("succeeded", count.Succeeded);
            json.WriteNumber("failed", count.Failed);
            json.WriteNumber("indefinite", count.Indefinite);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("availableShare", result.AvailableShare);
        WriteMessages(json, "clients", result.ClientMessages);
        WriteMessages(json, "servers", result.ServerMessages);
        json.WriteNumber("messagesPerOperation", result.MessagesPerOperation);
        json.WriteNumber("serverMessagesPerOperation", result.ServerMessagesPerOperation);
        json.WriteNumber("partitions", result.PartitionsMade);
        json.WriteStartObject("routerLateness");
        json.WriteNumber("messages", result.Lateness.Messages);
        json.WriteNumber("medianMs", result.Lateness.MedianMs);
        json.WriteNumber("p99Ms", result.Lateness.P99Ms);
        json.WriteNumber("maximumMs", result.Lateness.MaximumMs);
        json.WriteEndObject();
        if (result.Spread is { } spread)
        {
            json.WriteStartObject("spread");
            json.WriteNumber("payloads", spread.Payloads);
            json.WriteNumber("payloadsShown", spread.PayloadsShown);
            json.WriteNumber("meanMembersReached", spread.MeanMembersReached);
            json.WriteNumber("copies", spread.Copies);
            json.WriteNumber("payloadsPerMessageMax", spread.PayloadsPerMessageMax);
            json.WriteNumber("offTopology", spread.OffTopology);
            json.WriteNumber("throughServices", spread.ThroughServices);
            json.WriteEndObject();
        }
    }

    private static void WriteMessages(Utf8JsonWriter json, string name, MessageCount count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("sent", count.Sent);
        json.WriteNumber("received", count.Received);
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, WorkloadCheck check)
    {
        json.WriteStartObject("check");
        json.WriteBoolean("valid", check.IsValid);
        json.WriteStartArray("problems");
        foreach (string problem in check.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        if (check.Set is { } set)
        {
            json.WriteNumber("attempts", set.Attempts);
            json.WriteNumber("stable", set.Stable);
            json.WriteNumber("stale", set.Stale);
            WriteValues(json, "lost", set.Lost);
            WriteValues(json, "neverRead", set.NeverRead);
            WriteValues(json, "duplicated", set.Duplicated);
            json.WriteNumber("unexpected", set.Unexpected);
        }

        if (check.Counter is { } counter)
        {
            json.WriteNumber("knownSum", counter.KnownSum);
            json.WriteNumber("least", counter.Least);
            json.WriteNumber("most", counter.Most);
            WriteValues(json, "finalReads", counter.FinalReads);
        }

        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteFaults(Utf8JsonWriter json, MaelstromResult result)
    {
        json.WriteStartArray("faults");
        foreach (NodeFault fault in result.Faults)
        {
            json.WriteStartObject();
            json.WriteString("node", $"n{fault.Node}");
            json.WriteString("kind", fault.Kind.ToString());
            json.WriteNumber("atSeconds", fault.AtSeconds);
            json.WriteString("text", fault.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("furtherFaults", result.FurtherFaults);
    }
}
