namespace Headroom.Consensus.TrueTime;

/// <summary>
/// The locks of one leader by wound-wait [rosenkrantz1978]: who asks for a key that a younger attempt has takes it away, unless that attempt is prepared, which ends by itself; everybody else
/// waits, and the oldest gets the key next. So nobody waits in a circle: waits lead to older attempts or to prepared ones, and prepared ones wait for no lock. A transaction keeps its age when
/// it is attempted anew: the oldest of all is never wounded, so every one ends. O(waiting) a request.
/// </summary>
internal sealed class LockTable(int keys, CommitMutant mutant)
{
    private readonly LockAttempt[] _holders = new LockAttempt[keys];
    private readonly List<LockAttempt>?[] _waiting = new List<LockAttempt>?[keys];
    private readonly SortedDictionary<long, Asked> _asked = [];
    private readonly Dictionary<int, long> _lastOver = [];

    public bool Holds(int key, long number) => _holders[key].Number == number;

    public bool IsOver(LockAttempt attempt) => attempt.Number <= _lastOver.GetValueOrDefault(attempt.Client);

    /// <summary>Attempts that have or want keys and have not asked since a moment.</summary>
    public LockAttempt[] Idle(long sinceNs) => [.. _asked.Values.Where(asked => asked.LastNs < sinceNs).Select(asked => asked.Attempt)];

    /// <summary>True when the attempt has the key now; who lost it for that, if its number is above 0. An attempt that is over gets nothing; one that asks again is not waiting twice.</summary>
    public bool Ask(int key, LockAttempt attempt, bool isPrepared, out LockAttempt wounded, long nowNs = 0)
    {
        wounded = default;
        if (IsOver(attempt))
        {
            return false;
        }

        if (!_asked.TryGetValue(attempt.Number, out Asked? asked))
        {
            _asked.Add(attempt.Number, asked = new Asked(attempt));
        }

        asked.LastNs = nowNs;
        bool isNew = !asked.Keys.Contains(key);
        LockAttempt holder = _holders[key];
        if (holder.Number == attempt.Number)
        {
            return true;
        }

        if (isNew)
        {
            asked.Keys.Add(key);
        }

        if (holder.Number == 0 || (attempt.IsOlderThan(holder) && !isPrepared && mutant != CommitMutant.WoundNobody))
        {
            _ = _waiting[key]?.RemoveAll(waiting => waiting.Number == attempt.Number);
            _holders[key] = attempt;
            wounded = holder;
            return true;
        }

        if (!(_waiting[key] ??= []).Exists(waiting => waiting.Number == attempt.Number))
        {
            _waiting[key]!.Add(attempt);
        }

        return false;
    }

    /// <summary>The attempt is over: what it has goes to the oldest of those that wait, who are added to the list.</summary>
    public void End(long number, int client, List<(int Key, LockAttempt Next)> granted)
    {
        _lastOver[client] = Math.Max(_lastOver.GetValueOrDefault(client), number);
        if (!_asked.Remove(number, out Asked? asked))
        {
            return;
        }

        foreach (int key in asked.Keys)
        {
            List<LockAttempt>? waiting = _waiting[key];
            _ = waiting?.RemoveAll(attempt => attempt.Number == number);
            if (_holders[key].Number != number)
            {
                continue;
            }

            _holders[key] = default;
            if (waiting is { Count: > 0 })
            {
                LockAttempt next = waiting[0];
                foreach (LockAttempt attempt in waiting)
                {
                    next = attempt.IsOlderThan(next) ? attempt : next;
                }

                _ = waiting.Remove(next);
                _holders[key] = next;
                granted.Add((key, next));
            }
        }
    }

    private sealed class Asked(LockAttempt attempt)
    {
        public LockAttempt Attempt => attempt;

        public List<int> Keys { get; } = [];

        public long LastNs { get; set; }
    }
}
