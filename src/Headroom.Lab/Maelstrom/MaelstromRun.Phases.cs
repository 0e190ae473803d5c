using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Wire;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Maelstrom;

/// <summary>What happens when: init, topology, operations with partitions, the last answers, recovery, final reads.</summary>
internal sealed partial class MaelstromRun
{
    /// <summary>Clients that only prepare, from this number on; nobody else's number comes near.</summary>
    private const int PreparingClient = 900_000_000;

    private const long PreparingNsPerNode = 100_000_000;

    private readonly HashSet<int> _unprepared = [];
    private Operation? _held;
    private long _nextOperationNs;
    private string _phase = "starting";
    private string _expected = "";
    private long _phaseStartNs;
    private long _phaseEndNs;
    private long _startNs;

    private void StartInit() => Prepare("init", _options.InitTimeoutNs + (_options.Nodes * PreparingNsPerNode), node => Body(json =>
    {
        json.WriteString("type", "init");
        json.WriteNumber("msg_id", 1);
        json.WriteString("node_id", Address.NodeName(node));
        json.WriteStartArray("node_ids");
        for (int other = 0; other < _options.Nodes; other++)
        {
            json.WriteStringValue(Address.NodeName(other));
        }

        json.WriteEndArray();
    }));

    private void StartTopology() => Prepare("topology", _options.ClientTimeoutNs, _ => Body(json =>
    {
        json.WriteString("type", "topology");
        json.WriteNumber("msg_id", 2);
        json.WriteStartObject("topology");
        for (int node = 0; node < _options.Nodes; node++)
        {
            json.WriteStartArray(Address.NodeName(node));
            foreach (int neighbour in _topology.Neighbours(node))
            {
                json.WriteStringValue(Address.NodeName(neighbour));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }));

    /// <summary>Sends every node the same request and goes on when all have answered; a node that does not ends the run.</summary>
    private void Prepare(string what, long timeoutNs, Func<int, byte[]> body)
    {
        EnterPhase(what, timeoutNs);
        _expected = what + "_ok";
        for (int node = 0; node < _options.Nodes && node < _nodes.Count; node++)
        {
            _unprepared.Add(node);
            SendToNode(PreparingClient + node, node, body(node));
        }

        At(_phaseEndNs, () =>
        {
            if (_phase == what && _unprepared.Count > 0)
            {
                int first = _unprepared.Min();
                string others = _unprepared.Count == 1 ? "" : $", nor did {_unprepared.Count - 1} others";
                string last = _nodes[first].LastErrors();
                Fault(first, FaultKind.NotReady, $"n{first} did not answer {what} within {FaultLog.Seconds(timeoutNs / 1e9)} s{others}" + (last.Length == 0 ? "" : $"; its last lines on stderr: {last}"));
                _over = true;
            }
        });
    }

    /// <summary>Whether this was an answer to <c>init</c> or <c>topology</c>.</summary>
    private bool TakePreparation(WireMessage message)
    {
        int node = message.To.Index - PreparingClient;
        if (node < 0)
        {
            return false;
        }

        if (message.From.Index != node || message.InReplyTo != (_phase == "init" ? 1 : 2))
        {
            return true;
        }

        if (message.Type != _expected)
        {
            Fault(node, FaultKind.NotReady, $"n{node} answered {_phase} with {Excerpt.Of(message.Body.Span)} where {_expected} was due");
            _over = true;
        }
        else if (_unprepared.Remove(node) && _unprepared.Count == 0)
        {
            if (_phase == "init" && _options.Workload == WorkloadKind.Broadcast)
            {
                StartTopology();
            }
            else
            {
                StartOperations();
            }
        }

        return true;
    }

    private void StartOperations()
    {
        EnterPhase("operations", _options.DurationNs);
        _startNs = _lastAnswerNs = _nextOperationNs = _phaseStartNs;
        if (_options.RatePerSecond > 0)
        {
            At(_startNs, NextOperation);
        }

        if (_options.Partitions)
        {
            At(_startNs + Gap(ref _partitionDraws, _options.PartitionIntervalNs), TogglePartition);
        }

        At(_phaseEndNs, EndOperations);
    }

    /// <summary>Draws the next operation. When every client is busy it waits for the first that is free, and the schedule with it.</summary>
    private void NextOperation()
    {
        if (_phase != "operations")
        {
            return;
        }

        Operation operation = _workload.Next(ref _operations);
        if (TryInvoke(operation))
        {
            ScheduleNext(_nextOperationNs);
        }
        else
        {
            _held = operation;
        }
    }

    private void ScheduleNext(long fromNs)
    {
        _nextOperationNs = fromNs + Gap(ref _gaps, (long)(1e9 / _options.RatePerSecond));
        At(_nextOperationNs, NextOperation);
    }

    private static long Gap(ref RandomStream random, long meanNs) => (long)(random.NextDouble() * 2 * meanNs);

    private void TogglePartition()
    {
        if (_phase != "operations")
        {
            return;
        }

        _partition = _partition is null ? Partition.Draw(_options.Nodes, ref _partitionDraws) : null;
        _partitionsMade += _partition is null ? 0 : 1;
        At(NowNs + Gap(ref _partitionDraws, _options.PartitionIntervalNs), TogglePartition);
    }

    private void EndOperations()
    {
        EnterPhase("last answers", _options.ClientTimeoutNs);
        _held = null;
        if (_busyClients == 0)
        {
            OnAllClientsFree();
        }
    }

    private void OnAllClientsFree()
    {
        if (_phase == "last answers")
        {
            _partition = null;
            EnterPhase("recovery", _workload.HasFinalReads ? _options.RecoveryNs : 0);
            At(_phaseEndNs, ReadAtLast);
        }
        else if (_phase == "final reads")
        {
            _over = true;
        }
    }

    private void ReadAtLast()
    {
        EnterPhase("final reads", _options.ClientTimeoutNs);
        if (!_workload.HasFinalReads)
        {
            _over = true;
            return;
        }

        foreach (Client client in _clients)
        {
            Invoke(client, _workload.FinalRead());
        }
    }

    private void EnterPhase(string phase, long durationNs)
    {
        _phase = phase;
        _phaseStartNs = NowNs;
        _phaseEndNs = _phaseStartNs + durationNs;
    }

    /// <summary>How far the run is, by the clock: operations and recovery have known lengths, the rest is short.</summary>
    private (double Share, string Doing) Progress()
    {
        double preparing = _options.Nodes * 0.05;
        double seconds = preparing + (_options.DurationNs / 1e9) + (_workload.HasFinalReads ? _options.RecoveryNs / 1e9 : 0) + 0.1;
        double done = _phase switch
        {
            "starting" or "init" or "topology" => Math.Min(preparing, NowNs / 1e9),
            "operations" => preparing + ((NowNs - _phaseStartNs) / 1e9),
            "last answers" => preparing + (_options.DurationNs / 1e9),
            "recovery" => preparing + ((_options.DurationNs + NowNs - _phaseStartNs) / 1e9),
            _ => seconds - 0.1,
        };
        long operations = _counts.Values.Sum(counts => counts[0]);
        string partition = _partition is { } cut ? $", partition: {cut.Description}" : "";
        return (Math.Min(0.999, done / seconds), $"{_phase}{partition}; {operations} operations, {_serverSends} messages between nodes");
    }
}
