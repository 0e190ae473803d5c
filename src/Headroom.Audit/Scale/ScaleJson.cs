using System.Text.Json;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Scale;

/// <summary>One run as one line of JSON: what is reproducible, then what this machine took.</summary>
public static class ScaleJson
{
    public static byte[] Write(ScaleMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ScaleOptions options = measurement.Options;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", AuditResult.Version);
            json.WriteString("command", measurement.Command);
            json.WriteNumber("seed", options.Seed.Value);
            json.WriteString("protocol", options.Strategy.Name);
            json.WriteString("topology", options.TopologyName);
            json.WriteNumber("members", options.Members);
            json.WriteNumber("settlingMessages", measurement.Outcome.SettlingMessages);
            json.WriteNumber("settlingBytes", measurement.Outcome.SettlingBytes);
            json.WriteNumber("events", measurement.Outcome.Events);
            json.WriteStartArray("broadcasts");
            foreach (SeriesBroadcast broadcast in measurement.Outcome.Broadcasts)
            {
                WriteBroadcast(json, broadcast);
            }

            json.WriteEndArray();
            json.WriteStartObject("executed");
            json.WriteNumber("linksSeconds", measurement.LinksSeconds);
            json.WriteNumber("settlingSeconds", measurement.SettlingSeconds);
            json.WriteNumber("broadcastSeconds", measurement.BroadcastSeconds);
            json.WriteNumber("processorSeconds", measurement.ProcessorSeconds);
            json.WriteNumber("bytesBefore", measurement.BytesBefore);
            json.WriteNumber("bytesPeak", measurement.BytesPeak);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The runs of a file that <see cref="Write"/> filled, one a line.</summary>
    /// <exception cref="InputException">File, line, and what would be right.</exception>
    public static IReadOnlyList<ScalePoint> Read(string path)
    {
        return EvidenceFile.Parse(path, text =>
        {
            var points = new List<ScalePoint>();
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i]))
                {
                    continue;
                }

                try
                {
                    using JsonDocument document = JsonDocument.Parse(lines[i]);
                    points.Add(Point(document.RootElement));
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
                {
                    throw new InputException(new Mark(path, i + 1, 1), "is not a run that headroom scale --append wrote");
                }
            }

            return points;
        });
    }

    private static void WriteBroadcast(Utf8JsonWriter json, SeriesBroadcast broadcast)
    {
        json.WriteStartObject();
        json.WriteNumber("live", broadcast.Live);
        json.WriteNumber("delivered", broadcast.Delivered);
        json.WriteNumber("payloads", broadcast.PayloadCopies);
        json.WriteNumber("messages", broadcast.Messages);
        json.WriteNumber("bytes", broadcast.WireBytes);
        json.WriteNumber("lost", broadcast.Lost);
        json.WriteNumber("hops", broadcast.HopsMax);
        json.WriteNumber("medianSeconds", broadcast.MedianNs / 1e9);
        json.WriteNumber("p99Seconds", broadcast.P99Ns / 1e9);
        json.WriteNumber("lastSeconds", broadcast.LastNs / 1e9);
        json.WriteEndObject();
    }

    private static ScalePoint Point(JsonElement run)
    {
        JsonElement executed = run.GetProperty("executed");
        double members = run.GetProperty("members").GetInt64();
        JsonElement[] broadcasts = [.. run.GetProperty("broadcasts").EnumerateArray()];
        JsonElement[] typical = broadcasts.Length > 1 ? broadcasts[1..] : broadcasts;
        double Mean(string name) => typical.Average(broadcast => broadcast.GetProperty(name).GetDouble());
        double memory = executed.GetProperty("bytesPeak").GetDouble() - executed.GetProperty("bytesBefore").GetDouble();
        double seconds = executed.GetProperty("linksSeconds").GetDouble() + executed.GetProperty("settlingSeconds").GetDouble() + executed.GetProperty("broadcastSeconds").GetDouble();
        double processor = executed.GetProperty("processorSeconds").GetDouble();
        return typical.Length == 0 || members < 1 || !(memory > 0) || !(processor > 0) ? throw new FormatException() : new ScalePoint
        {
            Protocol = run.GetProperty("protocol").GetString()!,
            Topology = run.GetProperty("topology").GetString()!,
            Members = members,
            Seconds = seconds,
            ProcessorSeconds = processor,
            MemoryBytesPerMember = memory / members,
            EventsPerSecond = run.GetProperty("events").GetDouble() / processor,
            MessagesPerMember = Mean("messages") / members,
            PayloadsPerMember = Mean("payloads") / members,
            WireBytesPerMember = Mean("bytes") / members,
            ShareDelivered = typical.Average(broadcast => broadcast.GetProperty("delivered").GetDouble() / broadcast.GetProperty("live").GetDouble()),
            Hops = Mean("hops"),
            P99Seconds = Mean("p99Seconds"),
            LastSeconds = Mean("lastSeconds"),
        };
    }
}
