using System.Runtime.InteropServices;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>Divides a history into parts that can be judged apart: by key, and by input within a key where the model allows it. Each part is in the order of calls.</summary>
internal sealed class HistoryParts<TModel>
    where TModel : struct, ISequentialModel<TModel>
{
    private readonly List<int> _starts = [];
    private readonly Dictionary<int, uint> _kinds = [];
    private readonly HashSet<int> _apart = [];
    private readonly Dictionary<(int Key, long Input), int> _parts = [];
    private int[] _members = [];
    private int[] _partOf = [];

    public int Count => _starts.Count - 1;

    public ReadOnlySpan<int> this[int part] => _members.AsSpan(_starts[part], _starts[part + 1] - _starts[part]);

    /// <exception cref="ArgumentException">An operation of a kind that the model does not take.</exception>
    public void Divide(ReadOnlySpan<Operation> operations)
    {
        if (_members.Length < operations.Length)
        {
            _members = new int[Math.Max(operations.Length, 2 * _members.Length)];
            _partOf = new int[_members.Length];
        }

        uint taken = 0;
        foreach ((_, OperationKind kind) in TModel.Operations)
        {
            taken |= 1u << (int)kind;
        }

        _kinds.Clear();
        foreach (ref readonly Operation operation in operations)
        {
            uint bit = 1u << (int)operation.Kind;
            if ((taken & bit) == 0)
            {
                throw new ArgumentException($"the model takes no {operation.Kind}; it takes {string.Join(", ", TModel.Operations.Select(o => o.Kind).Distinct())}", nameof(operations));
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_kinds, operation.Key, out _) |= bit;
        }

        Name(operations);
        Place(operations);
    }

    /// <summary>Numbers the parts by key, then by input.</summary>
    private void Name(ReadOnlySpan<Operation> operations)
    {
        _apart.Clear();
        _apart.UnionWith(_kinds.Where(pair => TModel.IsApartByInput(Kinds(pair.Value))).Select(pair => pair.Key));
        var names = new HashSet<(int Key, long Input)>(_kinds.Keys.Where(key => !_apart.Contains(key)).Select(key => (key, 0L)));
        if (_apart.Count > 0)
        {
            foreach (ref readonly Operation operation in operations)
            {
                names.Add(NameOf(operation));
            }
        }

        _parts.Clear();
        foreach ((int, long) name in names.Order())
        {
            _parts.Add(name, _parts.Count);
        }
    }

    /// <summary>Sorts operations by part, by counting; within a part their order stays.</summary>
    private void Place(ReadOnlySpan<Operation> operations)
    {
        Span<int> ends = new int[_parts.Count + 1];
        for (int i = 0; i < operations.Length; i++)
        {
            _partOf[i] = _parts[NameOf(operations[i])];
            ends[_partOf[i] + 1]++;
        }

        _starts.Clear();
        _starts.Add(0);
        for (int part = 0; part < _parts.Count; part++)
        {
            ends[part + 1] += ends[part];
            _starts.Add(ends[part + 1]);
        }

        for (int i = 0; i < operations.Length; i++)
        {
            _members[ends[_partOf[i]]++] = i;
        }
    }

    private (int Key, long Input) NameOf(in Operation operation) => (operation.Key, _apart.Count > 0 && _apart.Contains(operation.Key) ? operation.Input : 0);

    private static IEnumerable<OperationKind> Kinds(uint bits) => Enum.GetValues<OperationKind>().Where(kind => (bits & (1u << (int)kind)) != 0);
}
