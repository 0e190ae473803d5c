using System.Text.Json;
using Headroom.Audit.Report;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;

namespace Headroom.Audit.Histories;

/// <summary>Checks as JSON: what was measured stands apart from what is reproducible. Operations are named by their places in the history, in the order of their calls from 0.</summary>
public static class HistoryCheckJson
{
    public static byte[] Write(IReadOnlyList<HistoryCheck> checks, string command)
    {
        ArgumentNullException.ThrowIfNull(checks);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("version", AuditResult.Version);
            json.WriteString("command", command);
            AuditJson.WriteArray(json, "histories", checks, WriteCheck);
            AuditJson.WriteArray(json, "executed", checks, (w, check) =>
            {
                w.WriteStartObject();
                w.WriteString("file", check.Shown);
                w.WriteNumber("seconds", check.Seconds);
                w.WriteEndObject();
            });
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteCheck(Utf8JsonWriter json, HistoryCheck check)
    {
        History history = check.File.History;
        LinearizabilityResult result = check.Result;
        Operation[] operations = history.Operations.ToArray();
        json.WriteStartObject();
        json.WriteString("file", check.Shown);
        json.WriteString("format", check.File.Format.ToString().ToLowerInvariant());
        json.WriteString("model", check.File.Model.Name);
        json.WriteString("verdict", check.Verdict);
        json.WriteNumber("operations", operations.Length);
        json.WriteNumber("pending", operations.Count(o => o.IsPending));
        json.WriteNumber("failed", history.FailedCount);
        json.WriteNumber("clients", operations.Select(o => o.Client).Distinct().Count());
        json.WriteNumber("keys", operations.Select(o => o.Key).Distinct().Count());
        json.WriteNumber("parts", result.Parts);
        json.WriteNumber("steps", result.Steps);
        json.WriteNumber("configurations", result.Configurations);
        WritePlaces(json, "order", result.Witness);
        WriteKeys(json, "failingKeys", history, result.FailingKeys);
        WriteKeys(json, "undecidedKeys", history, result.UndecidedKeys);
        if (result.Failure is { } failure)
        {
            json.WriteStartObject("failure");
            json.WriteString("key", history.KeyName(failure.Key));
            json.WriteBoolean("fromAnyState", failure.Since is not null);
            json.WriteBoolean("minimal", failure.IsMinimal);
            AuditJson.WriteArray(json, "smallest", failure.Smallest, (w, i) => WriteOperation(w, check, i));
            WritePlaces(json, "longestPrefix", failure.LongestPrefix);
            json.WritePropertyName("blocked");
            WriteOperation(json, check, failure.Blocked);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, HistoryCheck check, int place)
    {
        History history = check.File.History;
        Operation operation = history.Operations[place];
        json.WriteStartObject();
        json.WriteNumber("operation", place);
        json.WriteNumber("client", operation.Client);
        json.WriteString("key", history.KeyName(operation.Key));
        json.WriteNumber("call", operation.Call);
        if (operation.IsPending)
        {
            json.WriteNull("return");
        }
        else
        {
            json.WriteNumber("return", operation.Return);
        }

        if (place < history.Lines.Count)
        {
            json.WriteNumber("line", history.Lines[place]);
        }

        json.WriteString("says", new OperationText(history, check.File.Model, 200).Of(operation));
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, string name, IReadOnlyList<int> places) => AuditJson.WriteArray(json, name, places, (w, i) => w.WriteNumberValue(i));

    private static void WriteKeys(Utf8JsonWriter json, string name, History history, IReadOnlyList<int> keys) => AuditJson.WriteArray(json, name, keys, (w, key) => w.WriteStringValue(history.KeyName(key)));
}
