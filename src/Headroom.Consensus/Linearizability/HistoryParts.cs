using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>Divides a history into parts that can be judged apart: by key, and by input within a key where the model allows it. Each part is in the order of calls.</summary>
internal sealed class HistoryParts<TModel>
    where TModel : struct, ISequentialModel<TModel>
{
    private readonly List<int> _starts = [];
    private int[] _members = [];

    public int Count => _starts.Count - 1;

    public ReadOnlySpan<int> this[int part] => _members.AsSpan(_starts[part], _starts[part + 1] - _starts[part]);

    /// <exception cref="ArgumentException">An operation of a kind that the model does not take.</exception>
    public void Divide(ReadOnlySpan<Operation> operations)
    {
        if (_members.Length < operations.Length)
        {
            _members = new int[Math.Max(operations.Length, 2 * _members.Length)];
        }

        uint taken = 0;
        foreach ((_, OperationKind kind) in TModel.Operations)
        {
            taken |= 1u << (int)kind;
        }

        var kinds = new SortedDictionary<int, uint>();
        foreach (ref readonly Operation operation in operations)
        {
            uint bit = 1u << (int)operation.Kind;
            if ((taken & bit) == 0)
            {
                throw new ArgumentException($"the model takes no {operation.Kind}; it takes {string.Join(", ", TModel.Operations.Select(o => o.Kind).Distinct())}", nameof(operations));
            }

            kinds[operation.Key] = kinds.GetValueOrDefault(operation.Key) | bit;
        }

        Place(operations, kinds);
    }

    private void Place(ReadOnlySpan<Operation> operations, SortedDictionary<int, uint> kinds)
    {
        var parts = new Dictionary<(int Key, long Input), int>();
        var apart = new HashSet<int>(kinds.Where(pair => TModel.IsApartByInput(Kinds(pair.Value))).Select(pair => pair.Key));
        int[] partOf = new int[operations.Length];
        var sizes = new List<int>();
        if (apart.Count == 0)
        {
            foreach (int key in kinds.Keys)
            {
                parts.Add((key, 0), parts.Count);
                sizes.Add(0);
            }
        }
        else
        {
            var pairs = new SortedSet<(int, long)>();
            foreach (ref readonly Operation operation in operations)
            {
                pairs.Add((operation.Key, apart.Contains(operation.Key) ? operation.Input : 0));
            }

            foreach ((int, long) pair in pairs)
            {
                parts.Add(pair, parts.Count);
                sizes.Add(0);
            }
        }

        for (int i = 0; i < operations.Length; i++)
        {
            partOf[i] = parts[(operations[i].Key, apart.Contains(operations[i].Key) ? operations[i].Input : 0)];
            sizes[partOf[i]]++;
        }

        _starts.Clear();
        _starts.Add(0);
        int[] ends = new int[sizes.Count];
        for (int part = 0; part < sizes.Count; part++)
        {
            ends[part] = _starts[part];
            _starts.Add(_starts[part] + sizes[part]);
        }

        for (int i = 0; i < operations.Length; i++)
        {
            _members[ends[partOf[i]]++] = i;
        }
    }

    private static IEnumerable<OperationKind> Kinds(uint bits) => Enum.GetValues<OperationKind>().Where(kind => (bits & (1u << (int)kind)) != 0);
}
