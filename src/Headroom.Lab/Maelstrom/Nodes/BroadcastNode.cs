using System.Collections.Concurrent;
using System.Text.Json;
using Headroom.Lab.Maelstrom.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>
/// A node program for Maelstrom's <c>broadcast</c> workload, whoever drives it, that runs one of our processes: messages between nodes are bodies of
/// type <c>headroom</c> with the head in base 64 and the payload as the JSON that it is; requests are inputs; what is delivered is what <c>read</c>
/// answers. A protocol with a root runs once for each origin, and its messages name theirs.
/// </summary>
public sealed partial class BroadcastNode
{
    private const int LinesAheadMax = 10_000;
    private const int WaitMsMax = 60_000;

    private readonly BroadcastNodeOptions _options;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly NodeLines _lines;
    private readonly PayloadTable _payloads = new();
    private readonly SortedDictionary<int, Member> _members = [];
    private readonly HashSet<int> _delivered = [];
    private readonly List<int> _deliveries = [];
    private string[] _names = [];
    private int _self = -1;
    private long _requests;
    private (string Client, long? MessageId, long AtNs)? _settling;

    private BroadcastNode(BroadcastNodeOptions options, TimeProvider time, NodeLines lines)
    {
        _options = options;
        _time = time;
        _lines = lines;
        _origin = time.GetTimestamp();
    }

    private long NowNs => _time.GetElapsedTime(_origin).Ticks * 100L;

    /// <summary>Runs until the input ends or the run is cancelled. What is no message is told on the error stream and passed over.</summary>
    public static void Run(BroadcastNodeOptions options, Stream input, Stream output, TextWriter errors, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(errors);
        options.Validate();
        using var lines = new NodeLines(output);
        var node = new BroadcastNode(options, time, lines);
        using var queue = new BlockingCollection<byte[]>(LinesAheadMax);
        var reader = new Thread(() => Read(input, queue, cancellation)) { IsBackground = true, Name = "lines" };
        reader.Start();
        while (!queue.IsCompleted)
        {
            cancellation.ThrowIfCancellationRequested();
            if (queue.TryTake(out byte[]? line, queue.Count > 0 ? 0 : node.WaitMs(), cancellation))
            {
                node.Take(line, errors);
            }

            node.FireTimers();
            if (queue.Count == 0)
            {
                lines.Flush();
            }
        }

        lines.Flush();
    }

    /// <summary>
    /// Runs a short session that nobody hears, so that what a first request would otherwise wait for is compiled before it comes: a tenth of a second
    /// of this machine is one hop of many a network.
    /// </summary>
    public static void Rehearse(BroadcastNodeOptions options, TimeProvider time)
    {
        const string names = """["n0","n1","n2","n3","n4","n5","n6","n7"]""";
        const string session = $$$"""
            {"src":"c0","dest":"n0","body":{"type":"init","msg_id":1,"node_id":"n0","node_ids":{{{names}}} }}
            {"src":"c0","dest":"n0","body":{"type":"topology","msg_id":2,"topology":{"n0":["n1"],"n1":["n0"]} } }
            {"src":"c0","dest":"n0","body":{"type":"topology","msg_id":3,"topology":{"n0":{{{names}}},"n1":{{{names}}},"n2":{{{names}}},"n3":{{{names}}},"n4":{{{names}}},"n5":{{{names}}},"n6":{{{names}}},"n7":{{{names}}} } } }
            {"src":"c0","dest":"n0","body":{"type":"broadcast","msg_id":4,"message":1}}
            {"src":"n1","dest":"n0","body":{"type":"headroom","head":"AQEAAAAAAAAA","origin":1,"payload":2}}
            {"src":"n1","dest":"n0","body":{"type":"headroom","head":"AQEAAAAAAAAA","payload":2}}
            {"src":"c0","dest":"n0","body":{"type":"read","msg_id":5}}
            """;
        using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(session));
        using var output = new MemoryStream();
        Run(options, input, output, TextWriter.Null, time);
    }

    /// <summary>Sends what a process wants sent.</summary>
    internal void SendToPeer(int peer, int group, ReadOnlySpan<byte> head, int body)
    {
        string encoded = Convert.ToBase64String(head);
        _lines.Write(_names[peer], json =>
        {
            json.WriteString("type", "headroom");
            json.WriteString("head", encoded);
            if (group >= 0)
            {
                json.WriteNumber("origin", group);
            }

            if (body != 0)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(_payloads[body], skipInputValidation: true);
            }
        });
    }

    internal void Deliver(int body)
    {
        if (_delivered.Add(body))
        {
            _deliveries.Add(body);
        }
    }

    private static void Read(Stream input, BlockingCollection<byte[]> queue, CancellationToken cancellation)
    {
        var lines = new LineSplitter(input, Processes.NodeProcess.LineMax);
        try
        {
            while (lines.TryNext(out byte[] line))
            {
                queue.Add(line, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }

        queue.CompleteAdding();
    }

    private int WaitMs()
    {
        long next = _settling?.AtNs ?? long.MaxValue;
        foreach (Member member in _members.Values)
        {
            next = Math.Min(next, member.NextTimerNs);
        }

        return next == long.MaxValue ? WaitMsMax : (int)Math.Clamp((next - NowNs + 999_999) / 1_000_000, 0, WaitMsMax);
    }

    private void FireTimers()
    {
        if (_settling is { } settling && settling.AtNs <= NowNs)
        {
            _settling = null;
            Reply(settling.Client, settling.MessageId, "topology_ok");
        }

        // A process may be made by the step of another's message only, never by a timer: the collection stays as it is.
        foreach ((int group, Member member) in _members)
        {
            int timer;
            while ((timer = member.TakeTimer(NowNs)) >= 0)
            {
                Step(group, member, new ProcessInput { Kind = InputKind.Timer, Number = timer });
            }
        }
    }

    private void Step(int group, Member member, in ProcessInput input)
    {
        long now = NowNs;
        var output = new MemberOutput(this, member, group, now);
        member.Step(input, now, ref output);
        if (output.Persisted > 0)
        {
            _durable[group] = _durable.GetValueOrDefault(group) + output.Persisted;
            Step(group, member, new ProcessInput { Kind = InputKind.Durable, Number = _durable[group] });
        }
    }

    private void Take(byte[] line, TextWriter errors)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            JsonElement message = document.RootElement;
            Take(message.GetProperty("src").GetString()!, message.GetProperty("body"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            errors.WriteLine($"not understood ({e.Message}): {Excerpt.Of(line)}");
        }
    }
}
