using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Consensus;

/// <summary>
/// Operations a second through the checker: on small histories beside the search of Wing and Gong without memory, with which it must agree first; on histories of a thousand
/// operations, which that search does not finish, beside the rate that a torture of one such history a millisecond asks. Histories are drawn of a real store with compare-and-set,
/// some operations never answered; bad ones have one answer spoilt.
/// </summary>
public sealed class LinearizabilityBenchmark : IBenchmark
{
    private const int Histories = 40;
    private const long PeerStepsMax = 1_000_000;
    private const double WantedPerS = 1e6;

    private readonly LinearizabilityChecker _checker = ModelRegistry.CasRegister.Checker(new LinearizabilityOptions { WantsWitness = false, WantsSmallest = false });

    public string Name => "consensus/linearizability";

    public IEnumerable<BenchmarkResult> Run()
    {
        yield return BesidePlain("40-ops-2-keys-3-clients");
        yield return Rate("1000-ops-5-keys-8-clients", keys: 5, clients: 8, spoilt: false, goal: 1);
        yield return Rate("1000-ops-5-keys-8-clients-bad", keys: 5, clients: 8, spoilt: true, goal: null);
        yield return Rate("1000-ops-1-key-20-clients", keys: 1, clients: 20, spoilt: false, goal: null);
    }

    private BenchmarkResult BesidePlain(string name)
    {
        Seed seed = new Seed(7).Named(name);
        var peer = new PlainSearch();
        var decided = new List<History>();
        for (int i = 0; i < 5 * Histories; i++)
        {
            History history = Draw(40, keys: 2, clients: 3, spoilt: i % 2 == 1, seed.At(i));
            if (peer.Check(history, PeerStepsMax) is { } hasOrder)
            {
                LinearizabilityVerdict verdict = _checker.Check(history).Verdict;
                decided.Add(verdict == (hasOrder ? LinearizabilityVerdict.Linearizable : LinearizabilityVerdict.NotLinearizable) ? history
                    : throw new InvalidOperationException($"{name}, history {i}: the checker says {verdict}, the search without memory {(hasOrder ? "that there is an order" : "that there is none")}"));
            }
        }

        if (decided.Count < 4 * Histories)
        {
            throw new InvalidOperationException($"{name}: the search without memory decided {decided.Count} of {5 * Histories}, too few to compare with");
        }

        double[] seconds = Interleaved.BestSeconds(5, () => decided.ForEach(h => _checker.Check(h)), () => decided.ForEach(h => peer.Check(h, PeerStepsMax)));
        double rate = decided.Sum(h => (double)h.Operations.Length) / seconds[0];
        return new BenchmarkResult($"{Name}/{name}", rate / 1e6, "M ops/s", seconds[1] / seconds[0], "search without memory", 1);
    }

    private BenchmarkResult Rate(string name, int keys, int clients, bool spoilt, double? goal)
    {
        Seed seed = new Seed(7).Named(name);
        History[] histories = [.. Enumerable.Range(0, Histories).Select(i => Draw(1000, keys, clients, spoilt, seed.At(i)))];
        LinearizabilityVerdict expected = spoilt ? LinearizabilityVerdict.NotLinearizable : LinearizabilityVerdict.Linearizable;
        if (Array.Exists(histories, history => _checker.Check(history).Verdict != expected))
        {
            throw new InvalidOperationException($"{name}: a history is not {expected}");
        }

        double[] seconds = Interleaved.BestSeconds(5, () => Array.ForEach(histories, h => _checker.Check(h)));
        double rate = histories.Sum(h => (double)h.Operations.Length) / seconds[0];
        return new BenchmarkResult($"{Name}/{name}", rate / 1e6, "M ops/s", rate / WantedPerS, "1,000 operations a millisecond", goal);
    }

    /// <summary>Clients call again as soon as they are answered; one call in fifty is never answered, and the client that waits for it is replaced.</summary>
    private static History Draw(int operations, int keys, int clients, bool spoilt, Seed seed)
    {
        RandomStream random = seed.Stream();
        var builder = new HistoryBuilder();
        long[] freeAt = new long[clients];
        long[] values = new long[keys];
        Array.Fill(values, Value.None);
        var calls = new List<(long Call, long Moment, long Return, int Client, int Key)>();
        for (int i = 0; i < operations; i++)
        {
            int client = random.Below(clients);
            long call = freeAt[client] + 1 + random.Below(1000);
            long moment = call + 1 + random.Below(1000);
            freeAt[client] = moment + 1 + random.Below(1000);
            calls.Add((call, moment, freeAt[client], client, random.Below(keys)));
        }

        calls.Sort((a, b) => a.Moment.CompareTo(b.Moment));
        int spoiltAt = spoilt ? operations - random.Below(operations / 2) - 1 : -1;
        for (int i = 0; i < calls.Count; i++)
        {
            (long call, _, long end, int client, int key) = calls[i];
            int kind = i == spoiltAt ? 0 : random.Below(3);
            long value = 1 + random.Below(5);
            long output = Value.None;
            bool isEqual = values[key] == value;
            int operation = kind switch
            {
                0 => builder.Call(client, key, OperationKind.Read, call),
                1 => builder.Call(client, key, OperationKind.Write, call, value),
                _ => builder.Call(client, key, OperationKind.CompareAndSet, call, 1 + (value % 5), value),
            };
            switch (kind)
            {
                case 0:
                    output = i == spoiltAt ? 9 : values[key];
                    break;
                case 1:
                    values[key] = value;
                    break;
                default:
                    output = isEqual ? Value.True : Value.False;
                    values[key] = isEqual ? 1 + (value % 5) : values[key];
                    break;
            }

            if (i == spoiltAt || random.Below(50) != 0)
            {
                builder.Return(operation, end, output);
            }
        }

        return builder.Build();
    }
}
