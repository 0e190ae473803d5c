using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>
/// Why the published stable latencies lie below those of a network that delivers each message when it is due: a model of the receiver in maelstrom/net.clj (of the guide's month), one
/// thread a node that takes the message that is due first, sleeps until then in whole milliseconds, and only then looks at what has come meanwhile, a client's request among it.
/// </summary>
public sealed class SleepingReceiverTests
{
    private const int Nodes = 25;
    private const double LatencyMs = 100;
    private const double MeanGapMs = 10;
    private const double EndMs = 20_000;

    // From one copy's sending to the next one's, and a node's work on a message.
    private const double SendMs = 0.1;
    private const double WorkMs = 0.2;

    /// <summary>The guide's medians: 452 on the grid, 386 on the tree, 77 where everybody knows everybody.</summary>
    [Theory]
    [InlineData("grid", 452, 25, 10)]
    [InlineData("tree4", 386, 10, 5)]
    [InlineData("total", 77, 8, 2)]
    public void StableLatenciesOfAReceiverThatSleepsAreThePublishedOnes(string topology, double published, double within, double sooner)
    {
        double[] sleeping = [.. Enumerable.Range(0, 4).Select(i => new Run(topology, true, new Seed(21).At(i)).MedianMs())];
        double[] free = [.. Enumerable.Range(0, 4).Select(i => new Run(topology, false, new Seed(21).At(i)).MedianMs())];
        sleeping.Average().ShouldBe(published, within);
        sleeping.Average().ShouldBeLessThan(free.Average() - sooner);
    }

    private enum What
    {
        Broadcast,
        Read,
        Gossip,
    }

    private readonly record struct Message(What What, int Value, int From, double InvokedMs);

    private sealed class Run
    {
        private readonly bool _sleeps;
        private readonly bool[,] _isLink = new bool[Nodes, Nodes];
        private readonly PriorityQueue<Action<double>, (double AtMs, long Turn)> _agenda = new();
        private readonly PriorityQueue<Message, (double DueMs, long Turn)>[] _queues = [.. Enumerable.Range(0, Nodes).Select(_ => new PriorityQueue<Message, (double, long)>())];
        private readonly bool[] _isAsleep = new bool[Nodes];
        private readonly double[] _busyUntilMs = new double[Nodes];
        private readonly HashSet<int>[] _has = [.. Enumerable.Range(0, Nodes).Select(_ => new HashSet<int>())];
        private readonly SortedDictionary<int, double> _knownMs = [];
        private readonly Dictionary<int, double> _missedMs = [];
        private readonly HashSet<int> _told = [];
        private RandomStream _random;
        private long _turns;

        public Run(string topology, bool sleeps, Seed seed)
        {
            _sleeps = sleeps;
            _random = seed.Stream();
            for (int a = 0; a < Nodes; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    _isLink[a, b] = _isLink[b, a] = topology switch
                    {
                        "grid" => (a == b + 1 && a % 5 > 0) || a == b + 5,
                        "tree4" => (a - 1) / 4 == b,
                        _ => true,
                    };
                }
            }

            int values = 0;
            for (double at = 2 * MeanGapMs * _random.NextDouble(); at < EndMs; at += 2 * MeanGapMs * _random.NextDouble())
            {
                bool isRead = _random.Bernoulli(0.5);
                Ask(at, new Message(isRead ? What.Read : What.Broadcast, isRead ? -1 : values++, -1, at), _random.Below(Nodes));
            }

            for (int node = 0; node < Nodes; node++)
            {
                Ask(2 * EndMs, new Message(What.Read, -1, -1, 2 * EndMs), node);
            }

            while (_agenda.TryDequeue(out Action<double>? happens, out (double AtMs, long Turn) when))
            {
                happens(when.AtMs);
            }
        }

        /// <summary>Whole milliseconds from being known to the invocation of the last read that missed it.</summary>
        public double MedianMs()
        {
            double[] latencies = [.. _knownMs.Select(known => Math.Floor(Math.Max(0, _missedMs.GetValueOrDefault(known.Key, known.Value) - known.Value))).Order()];
            return latencies[latencies.Length / 2];
        }

        private void At(double ms, Action<double> happens) => _agenda.Enqueue(happens, (ms, _turns++));

        private void Ask(double atMs, Message message, int node) => At(atMs, now => Arrive(now, now, message, node));

        private void Arrive(double now, double dueMs, Message message, int node)
        {
            if (!_sleeps)
            {
                At(Math.Max(now, dueMs), at => Hand(at, message, node));
                return;
            }

            _queues[node].Enqueue(message, (dueMs, _turns++));
            Take(now, node);
        }

        private void Take(double now, int node)
        {
            if (!_isAsleep[node] && _queues[node].TryDequeue(out Message message, out (double DueMs, long Turn) when))
            {
                _isAsleep[node] = true;
                At(now + Math.Floor(Math.Max(0, when.DueMs - now)), at =>
                {
                    _isAsleep[node] = false;
                    Hand(at, message, node);
                    Take(at, node);
                });
            }
        }

        /// <summary>The node works on one message after another.</summary>
        private void Hand(double now, Message message, int node)
        {
            _busyUntilMs[node] = Math.Max(_busyUntilMs[node], now) + WorkMs;
            At(_busyUntilMs[node], at => Handle(at, message, node));
        }

        private void Handle(double now, Message message, int node)
        {
            if (message.What == What.Read)
            {
                foreach (int value in _told.Where(value => !_has[node].Contains(value)))
                {
                    _missedMs[value] = Math.Max(_missedMs.GetValueOrDefault(value, double.NegativeInfinity), message.InvokedMs);
                }

                return;
            }

            double sentMs = now;
            _told.Add(message.Value);
            bool isNew = _has[node].Add(message.Value);
            for (int peer = 0; isNew && peer < Nodes; peer++)
            {
                if (_isLink[node, peer] && peer != message.From)
                {
                    sentMs += SendMs;
                    int to = peer;
                    double dueMs = sentMs + LatencyMs;
                    At(sentMs, at => Arrive(at, dueMs, new Message(What.Gossip, message.Value, node, at), to));
                }
            }

            if (message.What == What.Broadcast)
            {
                _knownMs[message.Value] = sentMs;
            }
        }
    }
}
