using System.Text.Json;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Maelstrom;

/// <summary>Routing: what nodes print goes through the inbox to the agenda, and when it is due to whom it is for.</summary>
internal sealed partial class MaelstromRun
{
    /// <summary>Bytes of messages between a node's output and another's input; beyond this the run ends, whoever floods.</summary>
    private const long InFlightBytesMax = 256L << 20;

    private const long InterruptionNs = 150_000_000;

    private readonly Lock _inboxLock = new();
    private readonly ManualResetEventSlim _inboxSignal = new(false, 0);
    private readonly WireReader[] _readers;
    private readonly WireReader _serviceReader = new(0);
    private readonly RandomStream[] _latencies;
    private readonly LatenessRecorder _lateness = new();
    private RandomStream _partitionDraws;
    private readonly List<Processes.NodeProcess> _unflushed = [];
    private List<Arrival> _inbox = [];
    private List<Arrival> _taken = [];
    private volatile bool _inboxWaiting;
    private volatile int _payloadCount;
    private long _inFlightBytes;
    private long _messageIds;
    private long _serverSends;
    private long _serverReceipts;
    private long _clientSends;
    private long _clientReceipts;
    private Partition? _partition;
    private int _partitionsMade;

    /// <summary>Bytes of messages that are on their way now.</summary>
    internal long InFlightBytes => Interlocked.Read(ref _inFlightBytes);

    bool Processes.INodeListener.OnLine(int node, byte[] line)
    {
        long now = NowNs;
        if (!_readers[node].TryRead(line, _payloadCount, out WireMessage? message, out string problem))
        {
            return Post(new Arrival(node, null, null, FaultKind.Rubbish, $"n{node} printed a line that {problem}: {Excerpt.Of(line)}"));
        }

        if (problem.Length > 0 || message!.From != new Address(AddressKind.Node, node))
        {
            problem = problem.Length > 0 ? problem : $"says that it comes from {message!.From}";
            return Post(new Arrival(node, null, null, FaultKind.Misaddressed, $"n{node} sent a message that {problem}: {Excerpt.Of(line)}"));
        }

        message.AtNs = now;
        object? answer = null;
        if (message.To.Kind == AddressKind.Client && message.Type != "error" && !TryDecode(message, out answer, out problem))
        {
            return Post(new Arrival(node, message, null, FaultKind.WrongReply, $"n{node} answered with {message.Type} where {problem}: {Excerpt.Of(message.Body.Span)}"));
        }

        if (Interlocked.Add(ref _inFlightBytes, message.Weight) > InFlightBytesMax)
        {
            Post(new Arrival(node, null, null, FaultKind.Flood, $"more than {InFlightBytesMax >> 20} MiB of messages wait to be delivered; n{node} sent the last one: {Excerpt.Of(line)}"));
            return false;
        }

        return Post(new Arrival(node, message, answer, null, ""));
    }

    void Processes.INodeListener.OnEndlessLine(int node, string head) =>
        Post(new Arrival(node, null, null, FaultKind.Flood, $"n{node} printed more than {Processes.NodeProcess.LineMax >> 20} MiB without an end of line; they begin: {head}"));

    void Processes.INodeListener.OnWritten(WireMessage message) => Interlocked.Add(ref _inFlightBytes, -message.Weight);

    void Processes.INodeListener.OnEnded(int node, int exitCode) => Post(new Arrival(node, null, null, FaultKind.Died, exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private bool TryDecode(WireMessage message, out object? answer, out string problem)
    {
        answer = null;
        problem = "";
        if (message.Type is "init_ok" or "topology_ok")
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(message.Body, new JsonDocumentOptions { MaxDepth = 256 });
            answer = _workload.Decode(message.Type, document.RootElement, out problem);
            return answer is not null;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return false;
        }
    }

    private bool Post(in Arrival arrival)
    {
        lock (_inboxLock)
        {
            _inbox.Add(arrival);
            _inboxWaiting = true;
        }

        _inboxSignal.Set();
        return true;
    }

    private void Wake() => _inboxSignal.Set();

    private void WaitForInbox(long untilNs)
    {
        long waitNs = untilNs - NowNs;
        if (waitNs > 0 && !_inboxWaiting)
        {
            // Whole milliseconds are slept; the last part of one is waited for in short sleeps of the scheduler's own grain.
            _inboxSignal.Wait(waitNs >= 1_000_000 ? (int)(waitNs / 1_000_000) : 1);
        }

        _inboxSignal.Reset();
    }

    /// <summary>False when there was nothing.</summary>
    private bool TakeInbox()
    {
        lock (_inboxLock)
        {
            (_inbox, _taken) = (_taken, _inbox);
            _inboxWaiting = false;
        }

        foreach (ref readonly Arrival arrival in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_taken))
        {
            Take(arrival);
        }

        bool any = _taken.Count > 0;
        _taken.Clear();
        return any;
    }

    private void Take(in Arrival arrival)
    {
        if (arrival.Fault is { } kind)
        {
            TakeFault(arrival, kind);
        }
        else
        {
            Route(arrival.Message!, arrival.Answer);
        }
    }

    private void TakeFault(in Arrival arrival, FaultKind kind)
    {
        if (kind == FaultKind.Died)
        {
            // Ctrl-C in a terminal ends the nodes too: then this is no finding, and we shall be told in a moment.
            string code = arrival.Text;
            int node = arrival.Node;
            double at = SinceStart(NowNs);
            At(NowNs + InterruptionNs, () => ReportDeath(node, at, code));
            return;
        }

        Fault(arrival.Node, kind, arrival.Text);
        if (kind == FaultKind.WrongReply)
        {
            Answer(arrival.Message!, null);
        }

        _over |= kind == FaultKind.Flood;
    }

    private void ReportDeath(int node, double atSeconds, string exitCode)
    {
        string last = _nodes[node].LastErrors();
        string words = last.Length == 0 ? "it printed nothing on stderr" : $"its last lines on stderr: {last}";
        _faults.Add(node, FaultKind.Died, atSeconds, $"the program of n{node} died at {FaultLog.Seconds(atSeconds)} s with exit code {exitCode}; {words}");
        _over = true;
    }

    private void Route(WireMessage message, object? answer)
    {
        message.Id = _messageIds++;
        if (message.To.Kind == AddressKind.Client)
        {
            _clientSends++;
            _clientReceipts++;
            Interlocked.Add(ref _inFlightBytes, -message.Weight);
            Answer(message, answer);
            return;
        }

        _serverSends++;
        _spread.Sent(message);
        int from = message.From.Kind == AddressKind.Node ? message.From.Index : _options.Nodes + message.From.Index;
        long latency = _options.Latency.DrawNs(ref _latencies[from]);
        if (latency == 0)
        {
            Deliver(message, message.AtNs);
        }
        else
        {
            long due = message.AtNs + latency;
            At(due, () => Deliver(message, due));
        }
    }

    private void Deliver(WireMessage message, long dueNs)
    {
        if (_partition is { } partition && message.From.Kind == AddressKind.Node && message.To.Kind == AddressKind.Node && partition.Drops(message.From.Index, message.To.Index))
        {
            Interlocked.Add(ref _inFlightBytes, -message.Weight);
            return;
        }

        _serverReceipts++;
        long now = NowNs;
        _lateness.Add(now - dueNs);
        if (message.To.Kind == AddressKind.Service)
        {
            Interlocked.Add(ref _inFlightBytes, -message.Weight);
            Serve(message);
            return;
        }

        _spread.Received(message, now);
        Write(message.To.Index, message);
    }

    private void Serve(WireMessage message)
    {
        using var document = JsonDocument.Parse(message.Body, new JsonDocumentOptions { MaxDepth = 256 });
        byte[] body = _services[message.To.Index].Handle(message.From.ToString(), document.RootElement).ToBody(message.MessageId);
        var reply = new WireMessage { From = message.To, To = message.From, Body = body, Payloads = _serviceReader.PayloadsOf(body, _payloadCount), AtNs = NowNs };
        Interlocked.Add(ref _inFlightBytes, reply.Weight);
        Route(reply, null);
    }

    private void SendToNode(int client, int node, byte[] body)
    {
        var message = new WireMessage { From = new Address(AddressKind.Client, client), To = new Address(AddressKind.Node, node), Body = body, Id = _messageIds++ };
        Interlocked.Add(ref _inFlightBytes, message.Weight);
        _clientSends++;
        _clientReceipts++;
        Write(node, message);
    }

    private void Write(int node, WireMessage message)
    {
        if (_nodes[node].Send(message))
        {
            _unflushed.Add(_nodes[node]);
        }
    }

    private void FlushNodes()
    {
        foreach (Processes.NodeProcess node in _unflushed)
        {
            node.Flush();
        }

        _unflushed.Clear();
    }

    /// <summary>What a reader's thread hands over: a message with its decoded answer, or a fault in words.</summary>
    private readonly record struct Arrival(int Node, WireMessage? Message, object? Answer, FaultKind? Fault, string Text);
}
