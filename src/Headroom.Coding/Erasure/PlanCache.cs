namespace Headroom.Coding.Erasure;

/// <summary>
/// The last plans of a code by what was lost and what is available: a plan is immutable and keeps its compiled matrices, so while the same nodes are down no matrix
/// is inverted or compiled again. Bounded; the oldest goes first. For many threads.
/// </summary>
internal sealed class PlanCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RepairOutcome> _plans = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public RepairOutcome Get(int totalShards, int[] lost, int[] available, Func<int[], int[], RepairOutcome> plan)
    {
        string key = string.Create(totalShards, (lost, available), static (names, sets) =>
        {
            names.Fill('-');
            foreach (int shard in sets.lost)
            {
                names[shard] = 'x';
            }

            foreach (int shard in sets.available)
            {
                names[shard] = 'o';
            }
        });
        lock (_lock)
        {
            if (_plans.TryGetValue(key, out RepairOutcome? known))
            {
                return known;
            }
        }

        RepairOutcome outcome = plan(lost, available);
        lock (_lock)
        {
            if (_plans.TryAdd(key, outcome))
            {
                _order.Enqueue(key);
                if (_order.Count > capacity)
                {
                    _plans.Remove(_order.Dequeue());
                }
            }

            return _plans[key];
        }
    }
}
