using System.Text.Json;
using Headroom.Audit;
using Headroom.Consensus.Torture;

namespace Headroom.Cli;

/// <summary>What a torture found, as JSON: the same bytes for the same seeds, whatever the machine and the threads.</summary>
internal static class TortureJson
{
    public static byte[] Write(IReadOnlyList<TortureResult> results, TortureOptions options, string command)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("version", AuditResult.Version);
            writer.WriteString("command", command);
            writer.WriteNumber("members", options.Members);
            writer.WriteNumber("seconds", options.Seconds);
            writer.WriteNumber("operations", options.Operations);
            writer.WriteNumber("failed", results.Count(result => !result.Holds));
            writer.WriteStartArray("seeds");
            foreach (TortureResult result in results)
            {
                Write(writer, result);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, TortureResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seed", result.Seed);
        writer.WriteNumber("faults", result.Faults.Faults.Count);
        writer.WriteNumber("operations", result.Operations);
        writer.WriteNumber("answered", result.Answered);
        writer.WriteNumber("elections", result.Elections);
        writer.WriteNumber("starts", result.Starts);
        writer.WriteNumber("snapshots", result.Snapshots);
        writer.WriteNumber("snapshotsSent", result.SnapshotsSent);
        writer.WriteNumber("memberChanges", result.MemberChanges);
        writer.WriteNumber("committed", result.Committed);
        writer.WriteNumber("events", result.Events);
        writer.WriteString("digest", result.Digest.ToString("x16"));
        Write(writer, result.Violations);
        writer.WriteEndObject();
    }

    /// <summary>Which checks did not hold, when and why.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Violation> violations)
    {
        writer.WriteStartArray("violations");
        foreach (Violation violation in violations)
        {
            writer.WriteStartObject();
            writer.WriteString("check", violation.Check);
            writer.WriteNumber("atNs", violation.AtNs);
            writer.WriteString("what", violation.What);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
