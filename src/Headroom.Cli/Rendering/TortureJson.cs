using System.Text.Json;
using Headroom.Cli.Commands;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Rendering;

/// <summary>What a torture found, as JSON: the same bytes for the same seeds, whatever the machine and the threads.</summary>
internal static class TortureJson
{
    /// <summary>One run.</summary>
    public static void Write<TResult>(Utf8JsonWriter writer, TResult result, IReadOnlyList<TortureColumn<TResult>> columns)
        where TResult : TortureOutcome
    {
        writer.WriteStartObject();
        writer.WriteNumber("seed", result.Seed);
        writer.WriteNumber("faults", result.Faults.Faults.Count);
        foreach (TortureColumn<TResult> column in columns.Where(column => column.Name is not null))
        {
            if (column.IsFlag)
            {
                writer.WriteBoolean(column.Name!, column.Of(result) != 0);
            }
            else
            {
                writer.WriteNumber(column.Name!, column.Of(result));
            }
        }

        writer.WriteNumber("events", result.Events);
        writer.WriteString("digest", result.Digest.ToString("x16"));
        writer.WriteStartArray("violations");
        foreach (Violation violation in result.Violations)
        {
            writer.WriteStartObject();
            writer.WriteString("check", violation.Check);
            writer.WriteNumber("atNs", violation.AtNs);
            writer.WriteString("what", violation.What);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
