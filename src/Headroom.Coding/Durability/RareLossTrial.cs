using Headroom.Coding.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Durability;

/// <summary>One trial: a history and all the copies that split from it, one after another.</summary>
internal sealed class RareLossTrial
{
    /// <summary>Histories of less than this are not followed: what they could add is far below every interval.</summary>
    private const double NegligibleSurvival = 1e-12;

    /// <summary>Nodes, and domains of each level, are made to fail at least so often in a trial, on average; the weight of a history takes it back ([heidelberger1995]).</summary>
    public const double FailuresLeast = 0.7;

    private const int CopiesMax = 500;

    /// <summary>After a failure of many nodes at once, when the next is likely anyway and each history takes long.</summary>
    private const int CopiesOfDomainMax = 12;

    private readonly StorageSystem _system;
    private readonly RepairTimes _repair;
    private readonly StripePlacement _placement;
    private readonly double[] _splits;
    private readonly Stack<History> _waiting = new();
    private readonly double _horizonSeconds;

    /// <summary>How failures are drawn while all nodes are up, and while some are down.</summary>
    private readonly DrawnFailures _whole;
    private readonly DrawnFailures _degraded;
    private RandomStream _random;

    public RareLossTrial(StorageSystem system, RepairTimes repair, StripePlacement placement, double[] splits, (double Whole, double Degraded) nodeBias, double horizonSeconds, RandomStream random)
    {
        (_system, _repair, _placement, _splits, _random) = (system, repair, placement, splits, random);

        // A domain that fails while others are down decides losses as much as nodes that fail while it is: drawn no oftener than it comes, it is seen in one trial of many, which then is most of the sum.
        double[] domainBias = [.. system.Domains.Select(domain => Math.Max(1, FailuresLeast / horizonSeconds / (domain.Count / domain.MttfSeconds)))];
        _whole = new DrawnFailures(system, nodeBias.Whole, domainBias);
        _degraded = new DrawnFailures(system, nodeBias.Degraded, [.. domainBias.Select(bias => Math.Max(bias, nodeBias.Degraded))]);
        _horizonSeconds = horizonSeconds;
    }

    /// <summary>Failures and repairs followed so far, each counted with the nodes that are down: what a trial costs on any machine.</summary>
    public long Work { get; private set; }

    /// <summary>The probability that any of so many parts alike loses, which share nothing; not a number where they would take more work than this.</summary>
    public double Run(int parts, long workMax, CancellationToken cancellation)
    {
        double alive = 1;
        for (int part = 0; part < parts; part++)
        {
            double loss = 0;
            _waiting.Push(new History());
            while (_waiting.TryPop(out History? history))
            {
                cancellation.ThrowIfCancellationRequested();
                loss += Follow(history);
                if (Work > workMax)
                {
                    return double.NaN;
                }
            }

            // Estimates of parts are independent, so that the mean of the product is the product of the means.
            alive -= loss * alive;
        }

        return 1 - alive;
    }

    private double Follow(History history)
    {
        double loss = 0;
        while (true)
        {
            Work += 1 + history.Down.Count;
            int up = _system.Nodes - history.Down.Count;
            double rate = DrawnFor(history).Rate(up);
            double failure = history.Now + _random.Exponential(1 / rate);
            (double repaired, int which) = history.NextRepair(_repair.Shared);
            if (Math.Min(failure, repaired) > _horizonSeconds)
            {
                return loss;
            }

            if (repaired <= failure)
            {
                Advance(history, repaired);
                if (history.Step(which, _repair.TransferSeconds) && !Fallen(history))
                {
                    return loss;
                }

                continue;
            }

            Advance(history, failure);
            double before = _placement.LogSurvival(history.Nodes);
            int failed = Fail(history, up, rate);
            if (failed == 0)
            {
                continue;
            }

            double fatal = -Elementary.ExpM1(_placement.LogSurvival(history.Nodes) - before);
            loss += history.Weight * history.Alive * fatal;
            history.Alive *= 1 - fatal;
            if (history.Alive <= NegligibleSurvival)
            {
                return loss;
            }

            Risen(history, failed > 1 ? CopiesOfDomainMax : CopiesMax);
        }
    }

    private DrawnFailures DrawnFor(History history) => history.Down.Count == 0 ? _whole : _degraded;

    private void Advance(History history, double to)
    {
        double surplus = DrawnFor(history).Surplus(_system.Nodes - history.Down.Count);
        if (surplus > 0)
        {
            history.Weight *= Elementary.Exp(surplus * (to - history.Now));
        }

        history.Advance(to, _repair.Shared);
    }

    /// <summary>Draws what failed and takes it down; how many nodes that were up are down now.</summary>
    private int Fail(History history, int up, double rate)
    {
        DrawnFailures drawn = DrawnFor(history);
        double draw = _random.NextDouble() * rate;
        double nodes = drawn.Nodes(up);
        if (draw < nodes || _system.Domains.Count == 0)
        {
            int node;
            do
            {
                node = _random.Below(_system.Nodes);
            }
            while (history.IsDown(node));

            history.Weight /= drawn.NodeBias;
            history.Fail(node, history.Now + _repair.DetectSeconds);
            return 1;
        }

        draw -= nodes;
        int level = 0;
        while (level < drawn.Domains.Count - 1 && draw >= drawn.Domains[level])
        {
            draw -= drawn.Domains[level];
            level++;
        }

        history.Weight /= drawn.DomainBias[level];
        int size = _system.Nodes / _system.Domains[level].Count;
        int first = _random.Below(_system.Domains[level].Count) * size;
        int before = history.Down.Count;
        for (int node = first; node < first + size; node++)
        {
            if (!history.IsDown(node))
            {
                history.Fail(node, history.Now + _repair.DetectSeconds);
            }
        }

        return history.Down.Count - before;
    }

    /// <summary>After a failure: splits if a stripe may have lost more shards than at the last split.</summary>
    private void Risen(History history, int copiesMax)
    {
        int lost = Math.Min(_placement.LostMax(history.Nodes), _splits.Length - 1);
        int level = history.Level;
        if (lost <= level)
        {
            return;
        }

        double copies = 1;
        for (int i = level + 1; i <= lost; i++)
        {
            copies *= _splits[i];
        }

        int whole = (int)Math.Round(Math.Clamp(copies, 1, copiesMax));
        if (whole == 1)
        {
            return;
        }

        history.Weight /= whole;
        for (int copy = 1; copy < whole; copy++)
        {
            History other = history.Copy();
            other.Splits.Push(new Split(level, lost, whole, EndsHere: true));
            _waiting.Push(other);
        }

        history.Splits.Push(new Split(level, lost, whole, EndsHere: false));
    }

    /// <summary>After a repair: ends the copies whose level is over; the one that goes on takes back their weight. False where this one ends.</summary>
    private bool Fallen(History history)
    {
        if (history.Splits.Count == 0)
        {
            return true;
        }

        int lost = _placement.LostMax(history.Nodes);
        while (history.Splits.TryPeek(out Split split) && lost <= split.Below)
        {
            if (split.EndsHere)
            {
                return false;
            }

            history.Splits.Pop();
            history.Weight *= split.Copies;
        }

        return true;
    }

    private readonly record struct Split(int Below, int Level, int Copies, bool EndsHere);

    private struct DownNode
    {
        public int Node;
        public double NoticedAt;

        /// <summary>Seconds of a transfer that is alone; -1 before it began.</summary>
        public double Left;
    }

    private sealed class History
    {
        public double Now { get; private set; }

        public double Weight { get; set; } = 1;

        /// <summary>Probability that nothing was lost so far, over the placement.</summary>
        public double Alive { get; set; } = 1;

        /// <summary>Ascending by node.</summary>
        public List<DownNode> Down { get; private init; } = [];

        public Stack<Split> Splits { get; private init; } = new();

        public int Level => Splits.TryPeek(out Split split) ? split.Level : 0;

        public int[] Nodes => [.. Down.Select(down => down.Node)];

        public History Copy() => new()
        {
            Now = Now,
            Weight = Weight,
            Alive = Alive,
            Down = [.. Down],
            Splits = new Stack<Split>(Splits.Reverse()),
        };

        public bool IsDown(int node) => Down.Exists(down => down.Node == node);

        public void Fail(int node, double noticedAt)
        {
            int at = Down.FindIndex(down => down.Node > node);
            Down.Insert(at < 0 ? Down.Count : at, new DownNode { Node = node, NoticedAt = noticedAt, Left = -1 });
        }

        /// <summary>The next notice or end of a transfer, and whose.</summary>
        public (double At, int Which) NextRepair(bool shared)
        {
            double sharing = Sharing(shared);
            double best = double.PositiveInfinity;
            int which = -1;
            for (int i = 0; i < Down.Count; i++)
            {
                double at = Down[i].Left < 0 ? Down[i].NoticedAt : Now + (Down[i].Left * sharing);
                if (at < best)
                {
                    (best, which) = (at, i);
                }
            }

            return (best, which);
        }

        public void Advance(double to, bool shared)
        {
            double each = (to - Now) / Sharing(shared);
            for (int i = 0; i < Down.Count; i++)
            {
                if (Down[i].Left >= 0)
                {
                    Down[i] = Down[i] with { Left = Math.Max(0, Down[i].Left - each) };
                }
            }

            Now = to;
        }

        /// <summary>The node is noticed and its transfer begins, or its transfer is over; true where it is up again.</summary>
        public bool Step(int which, double transferSeconds)
        {
            if (Down[which].Left < 0 && transferSeconds > 0)
            {
                Down[which] = Down[which] with { Left = transferSeconds };
                return false;
            }

            Down.RemoveAt(which);
            return true;
        }

        private double Sharing(bool shared) => shared ? Math.Max(1, Down.Count(down => down.Left >= 0)) : 1;
    }
}
