using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary><c>broadcast</c> and <c>g-set</c>: half of the operations add a value, half read all. See <see cref="SetCheck"/>.</summary>
internal sealed class SetWorkload(bool broadcast, int nodes) : Workload
{
    private readonly List<SetElement> _elements = [];
    private readonly SortedSet<int> _duplicated = [];
    private readonly ProblemList _problems = new();
    private long _unexpected;

    public override int PayloadCount => _elements.Count;

    private string AddFunction => broadcast ? "broadcast" : "add";

    public override Operation Next(ref RandomStream random) => random.Below(2) == 0
        ? new Operation { Function = AddFunction, IsFinal = false, Value = _elements.Count }
        : new Operation { Function = Read, IsFinal = false };

    public override void WriteRequest(Operation operation, Utf8JsonWriter json)
    {
        if (operation.Function == AddFunction)
        {
            json.WriteNumber(broadcast ? "message" : "element", WireReader.FirstPayload + operation.Value);
        }
    }

    public override object? Decode(string type, JsonElement body, out string problem)
    {
        problem = "";
        if (type != "read_ok")
        {
            return Nothing;
        }

        string name = broadcast ? "messages" : "value";
        if (!body.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            problem = $"'{name}' is not an array";
            return null;
        }

        var values = new int[list.GetArrayLength()];
        int at = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            bool ours = element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= WireReader.FirstPayload;
            values[at++] = ours ? element.GetInt32() - WireReader.FirstPayload : -1;
        }

        return values;
    }

    public override void Invoked(Operation operation)
    {
        if (operation.Function == AddFunction)
        {
            _elements.Add(SetElement.New(nodes));
        }
    }

    public override void Completed(Operation operation, object? answer, long index, long nowNs)
    {
        if (operation.Status != OperationStatus.Succeeded)
        {
            return;
        }

        Span<SetElement> elements = CollectionsMarshal.AsSpan(_elements);
        if (operation.Function == AddFunction)
        {
            Know(ref elements[(int)operation.Value], index, nowNs);
            return;
        }

        foreach (int value in (int[])answer!)
        {
            if ((uint)value >= (uint)elements.Length)
            {
                _unexpected++;
                _problems.Add($"n{operation.Node} read {(value < 0 ? "something" : $"{WireReader.FirstPayload + (long)value}")} that nobody had sent");
                continue;
            }

            if (elements[value].SeenBy == operation.Index)
            {
                _duplicated.Add(value);
            }

            See(ref elements[value], operation, index, nowNs);
        }

        foreach (ref SetElement element in elements)
        {
            if (element.SeenBy != operation.Index && element.AbsentIndex < operation.Index)
            {
                (element.AbsentIndex, element.AbsentNs) = (operation.Index, operation.InvokedNs);
            }
        }
    }

    /// <summary>How many nodes have shown a value in a read.</summary>
    public int MembersThatShowed(int value)
    {
        int members = 0;
        foreach (ulong word in _elements[value].Members)
        {
            members += BitOperations.PopCount(word);
        }

        return members;
    }

    public override WorkloadCheck Check()
    {
        SetCheck check = Summarise();
        var problems = new List<string>(_problems.Or(false, ""));
        if (check.Lost.Count > 0)
        {
            problems.Add($"{check.Lost.Count} values were lost: known, and missing from every later read: {Some(check.Lost)}");
        }

        if (check.Duplicated.Count > 0)
        {
            problems.Add($"{check.Duplicated.Count} values stood more than once in one read: {Some(check.Duplicated)}");
        }

        if (check.Stable == 0)
        {
            problems.Add(check.Attempts == 0 ? "no value was ever sent" : "no value was ever read to the end");
        }

        return new WorkloadCheck { IsValid = problems.Count == 0, Problems = problems, Set = check };
    }

    private SetCheck Summarise()
    {
        var lost = new List<long>();
        var neverRead = new List<long>();
        var stable = new List<double>();
        var lostLatencies = new List<double>();
        for (int value = 0; value < _elements.Count; value++)
        {
            SetElement element = _elements[value];
            long shown = WireReader.FirstPayload + (long)value;
            if (element.IsStable)
            {
                stable.Add(element.StableLatencyMs);
            }
            else if (element.IsLost)
            {
                lost.Add(shown);
                lostLatencies.Add(element.LostLatencyMs);
            }
            else
            {
                neverRead.Add(shown);
            }
        }

        stable.Sort();
        lostLatencies.Sort();
        return new SetCheck
        {
            Attempts = _elements.Count,
            Stable = stable.Count,
            Stale = stable.Count(latency => latency > 0),
            Lost = lost,
            NeverRead = neverRead,
            Duplicated = [.. _duplicated.Select(value => WireReader.FirstPayload + (long)value)],
            Unexpected = _unexpected,
            StableLatenciesMs = stable,
            LostLatenciesMs = lostLatencies,
        };
    }

    private static void See(ref SetElement element, Operation read, long index, long nowNs)
    {
        Know(ref element, index, nowNs);
        element.SeenBy = read.Index;
        element.Members[read.Node / 64] |= 1UL << (read.Node % 64);
        if (element.PresentIndex < read.Index)
        {
            (element.PresentIndex, element.PresentNs) = (read.Index, read.InvokedNs);
        }
    }

    private static void Know(ref SetElement element, long index, long nowNs)
    {
        if (element.KnownIndex < 0)
        {
            (element.KnownIndex, element.KnownNs) = (index, nowNs);
        }
    }

    private static string Some(IReadOnlyList<long> values) => string.Join(", ", values.Take(10)) + (values.Count > 10 ? ", …" : "");
}
