using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>
/// <c>g-counter</c> and <c>pn-counter</c>: every final read is the sum of the adds that are known to have happened and of some of those that nobody
/// knows about. Beyond Maelstrom: no read at all lies outside what the adds invoked so far could make.
/// </summary>
internal sealed class CounterWorkload(bool decrements) : Workload
{
    private readonly ProblemList _problems = new();
    private readonly List<(int Node, long Value)> _finalReads = [];
    private readonly List<int> _open = [];
    private long _sum;
    private long _least;
    private long _most;

    public override Operation Next(ref RandomStream random)
    {
        while (random.Below(2) == 0)
        {
            int delta = random.Below(10) - 5;
            if (decrements || delta >= 0)
            {
                return new Operation { Function = "add", IsFinal = false, Value = delta };
            }
        }

        return new Operation { Function = Read, IsFinal = false };
    }

    public override void WriteRequest(Operation operation, Utf8JsonWriter json)
    {
        if (operation.Function == "add")
        {
            json.WriteNumber("delta", operation.Value);
        }
    }

    public override object? Decode(string type, JsonElement body, out string problem)
    {
        problem = "";
        if (type != "read_ok")
        {
            return Nothing;
        }

        if (body.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number))
        {
            return number;
        }

        problem = "'value' is not an integer";
        return null;
    }

    public override void Invoked(Operation operation)
    {
        // What may have happened from now on, until it is known that it did not.
        if (operation.Function == "add")
        {
            _least += Math.Min(0, operation.Value);
            _most += Math.Max(0, operation.Value);
        }
    }

    public override void Completed(Operation operation, object? answer, long index, long nowNs)
    {
        if (operation.Function == "add")
        {
            if (operation.Status == OperationStatus.Succeeded)
            {
                _sum += operation.Value;
            }
            else if (operation.Status == OperationStatus.Indefinite)
            {
                _open.Add((int)operation.Value);
            }
        }
        else if (operation.Status == OperationStatus.Succeeded)
        {
            long value = (long)answer!;
            if (value < _least || value > _most)
            {
                _problems.Add($"n{operation.Node} read {value} while the adds so far allow {_least} to {_most}");
            }

            if (operation.IsFinal)
            {
                _finalReads.Add((operation.Node, value));
            }
        }
    }

    public override WorkloadCheck Check()
    {
        var problems = new ProblemList();
        SubsetSums acceptable = SubsetSums.Of(_sum, _open);
        foreach ((int node, long value) in _finalReads.Where(read => !acceptable.Contains(read.Value)))
        {
            problems.Add($"n{node} reads {value} at the end; the adds make {acceptable}");
        }

        bool valid = _problems.Count == 0 && problems.Count == 0 && _finalReads.Count > 0;
        return new WorkloadCheck
        {
            IsValid = valid,
            Problems = [.. problems.Or(_finalReads.Count == 0, "there were no final reads"), .. _problems.Or(false, "")],
            Counter = new CounterCheck(_sum, acceptable.Least, acceptable.Most, [.. _finalReads.Select(read => read.Value).Order()]),
        };
    }
}
