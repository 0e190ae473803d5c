using System.Text.Json;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Services;
using Headroom.Lab.Maelstrom.Wire;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Maelstrom;

/// <summary>
/// Clients: each stands beside one node and does one operation at a time. One that gave up without knowing is replaced by a new one, so that a late
/// answer finds nobody.
/// </summary>
internal sealed partial class MaelstromRun
{
    private readonly Client[] _clients;
    private readonly Dictionary<int, Client> _byNumber = [];
    private readonly SortedDictionary<string, long[]> _counts = new(StringComparer.Ordinal);
    private RandomStream _operations;
    private RandomStream _gaps;
    private RandomStream _choices;
    private int _nextClient;
    private int _busyClients;
    private long _historyIndex;
    private long _lastAnswerNs;

    /// <summary>Hands an operation to a client, drawn uniformly; if that one is busy, to the next that is free.</summary>
    private bool TryInvoke(Operation operation)
    {
        if (_busyClients == _clients.Length)
        {
            return false;
        }

        int at = _choices.Below(_clients.Length);
        while (_clients[at].Current is not null)
        {
            at = (at + 1) % _clients.Length;
        }

        Invoke(_clients[at], operation);
        return true;
    }

    private void Invoke(Client client, Operation operation)
    {
        long now = NowNs;
        operation.Node = client.Node;
        operation.Index = _historyIndex++;
        operation.InvokedNs = now;
        client.Current = operation;
        long id = ++client.LastMessageId;
        _byNumber[client.Number] = client;
        _busyClients++;
        Count(operation)[0]++;
        _workload.Invoked(operation);
        if (_workload.PayloadCount > _payloadCount)
        {
            _payloadCount = _workload.PayloadCount;
            _spread.Issued(_payloadCount - 1, client.Node, now);
        }

        SendToNode(client.Number, client.Node, Body(json =>
        {
            json.WriteString("type", operation.Function);
            json.WriteNumber("msg_id", id);
            _workload.WriteRequest(operation, json);
        }));
        At(now + _options.ClientTimeoutNs, () => TimeOut(client, operation));
    }

    private void TimeOut(Client client, Operation operation)
    {
        if (client.Current == operation)
        {
            Complete(client, _workload.ChangesNothing(operation) ? OperationStatus.Failed : OperationStatus.Indefinite, null);
        }
    }

    /// <summary>An answer came; whatever nobody waits for any more is dropped.</summary>
    private void Answer(WireMessage message, object? answer)
    {
        if (message.To.Index < 0 || TakePreparation(message) || !_byNumber.TryGetValue(message.To.Index, out Client? client))
        {
            return;
        }

        if (client.Current is not { } operation || message.InReplyTo != client.LastMessageId)
        {
            return;
        }

        if (message.Type == "error")
        {
            using var document = JsonDocument.Parse(message.Body, new JsonDocumentOptions { MaxDepth = 256 });
            bool definite = document.RootElement.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt64(out long number) && ErrorCodes.IsDefinite(number);
            Complete(client, definite || _workload.ChangesNothing(operation) ? OperationStatus.Failed : OperationStatus.Indefinite, null);
            return;
        }

        if (answer is null || message.Type != _workload.ReplyType(operation))
        {
            if (answer is not null)
            {
                Fault(client.Node, FaultKind.WrongReply, $"n{client.Node} was asked to {operation.Function} and answered {Excerpt.Of(message.Type)} where {_workload.ReplyType(operation)} was due");
            }

            Complete(client, OperationStatus.Indefinite, null);
            return;
        }

        Complete(client, OperationStatus.Succeeded, answer);
    }

    private void Complete(Client client, OperationStatus status, object? answer)
    {
        Operation operation = client.Current!;
        operation.Status = status;
        _lastAnswerNs = NowNs;
        Count(operation)[(int)status]++;
        _workload.Completed(operation, answer, _historyIndex++, _lastAnswerNs);
        client.Current = null;
        _busyClients--;
        if (status == OperationStatus.Indefinite)
        {
            _byNumber.Remove(client.Number);
            client.Number = _nextClient++;
            client.LastMessageId = 0;
        }

        if (_held is { } held)
        {
            _held = null;
            Invoke(client, held);
            ScheduleNext(_lastAnswerNs);
        }
        else if (_busyClients == 0)
        {
            OnAllClientsFree();
        }
    }

    private long[] Count(Operation operation)
    {
        if (!_counts.TryGetValue(operation.Function, out long[]? counts))
        {
            counts = new long[4];
            _counts.Add(operation.Function, counts);
        }

        return counts;
    }

    private sealed class Client(int number, int node)
    {
        public int Number { get; set; } = number;

        public int Node => node;

        public long LastMessageId { get; set; }

        public Operation? Current { get; set; }
    }
}
