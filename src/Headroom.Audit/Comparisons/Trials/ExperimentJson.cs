using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Headroom.Audit.Comparisons.Trials;

/// <summary>A finished experiment as one line of JSON; numbers to the last bit, the infinite as null.</summary>
internal static class ExperimentJson
{
    public static void Write(Utf8JsonWriter json, string digest, ExperimentResult result)
    {
        json.WriteStartObject();
        json.WriteString("digest", digest);
        json.WriteString("experiment", result.Key);
        json.WriteNumber("trials", result.Trials);
        json.WriteStartObject("values");
        foreach ((string name, double[] values) in result.Values)
        {
            WriteNumbers(json, name, values);
        }

        json.WriteEndObject();
        json.WriteStartObject("pooled");
        foreach ((string name, PooledQuantiles q) in result.Pooled)
        {
            WriteNumbers(json, name, [q.Count, q.P50, q.P90, q.P99, q.P999]);
        }

        json.WriteEndObject();
        WriteNumbers(json, "curve", [.. result.Curve.SelectMany(point => new[] { point.X, point.Y })]);
        json.WriteEndObject();
    }

    /// <summary>False for anything but a whole line as it was written.</summary>
    public static bool TryRead(string line, out string digest, [NotNullWhen(true)] out ExperimentResult? result)
    {
        digest = "";
        result = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            double[] curve = Numbers(root.GetProperty("curve"));
            int trials = root.GetProperty("trials").GetInt32();
            (string Name, double[] Values)[] values = [.. root.GetProperty("values").EnumerateObject().Select(p => (p.Name, Numbers(p.Value)))];
            if (trials < 1 || values.Any(v => v.Values.Length != trials))
            {
                return false;
            }

            digest = root.GetProperty("digest").GetString()!;
            result = new ExperimentResult
            {
                Key = root.GetProperty("experiment").GetString()!,
                Trials = trials,
                Values = values,
                Pooled = [.. root.GetProperty("pooled").EnumerateObject().Select(p => (p.Name, Quantiles(Numbers(p.Value))))],
                Curve = [.. Enumerable.Range(0, curve.Length / 2).Select(i => (curve[2 * i], curve[(2 * i) + 1]))],
            };
            return digest.Length > 0;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static PooledQuantiles Quantiles(double[] n) => new((long)n[0], n[1], n[2], n[3], n[4]);

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : e.GetDouble())];
}
