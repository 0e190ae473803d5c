using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// A tree with epidemic repair in the mean field, in rounds of one latency: everybody who has the payload tells f random members with probability p each round that it has it, who is told and
/// misses it asks for it, and whoever has asked tells its children instead of sending it to them, whether its parent's copy came in time or not. So digests that overtake the tree
/// slow it: below a member that asked a hop takes three messages. Members whose ancestors and themselves got the tree's copy unasked have it at their depth. Every other one lies in a
/// cluster: the subtree of a member that was told first, missed its copy or is dead, below a parent that was not. Clusters are taken as independent of each other, and so are members of one
/// given their depths in it; the share that tells is the sum of all, found by repetition.
/// </summary>
public sealed class RepairedTree
{
    private const int Repetitions = 6;
    private const int PullRounds = 4;

    private readonly int[] _membersAtDepth;
    private readonly double _alive;
    private readonly double _kept;
    private readonly double _told;
    private readonly int _tellingRounds;
    private readonly int _rounds;

    // Expected live members of a depth that get it in a round; the logarithm of the probability that all who will have got it.
    private readonly double[][] _got;
    private readonly double[] _logAll;

    /// <param name="membersAtDepth">Members at each depth; one at depth 0.</param>
    /// <param name="live">Members that live, the root among them.</param>
    /// <param name="loss">Share of all messages lost.</param>
    /// <param name="told">Digests that a member sends each round, p f.</param>
    /// <param name="tellingRounds">Rounds for which it does.</param>
    public RepairedTree(ReadOnlySpan<int> membersAtDepth, int live, double loss, double told, int tellingRounds)
    {
        int members = 0;
        foreach (int count in membersAtDepth)
        {
            members += count;
        }

        (_membersAtDepth, _kept, _told, _tellingRounds) = (membersAtDepth.ToArray(), 1 - loss, told, tellingRounds);
        _alive = members > 1 ? (live - 1.0) / (members - 1) : 1;
        _rounds = (int)Math.Min(1000, tellingRounds + (6L * membersAtDepth.Length) + 40);
        _got = [.. _membersAtDepth.Select(_ => new double[_rounds])];
        _logAll = new double[_rounds];
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            Follow();
        }
    }

    /// <summary>Expected live members that are missed.</summary>
    public double Missing
    {
        get
        {
            double missing = 0;
            for (int depth = 1; depth < _got.Length; depth++)
            {
                missing += (_membersAtDepth[depth] * _alive) - _got[depth].Sum();
            }

            return Math.Max(0, missing);
        }
    }

    /// <summary>Expected round in which the last of those reached gets it.</summary>
    public double LastRound
    {
        get
        {
            double sum = 0;
            foreach (double log in _logAll)
            {
                sum -= Elementary.ExpM1(log);
            }

            return sum;
        }
    }

    /// <summary>One repetition: the digests that those who have it send, and from them who gets it when.</summary>
    private void Follow()
    {
        double[] untold = Untold();
        double[] found = Asked(untold);
        foreach (double[] rounds in _got)
        {
            Array.Clear(rounds);
        }

        Array.Clear(_logAll);
        _got[0][0] = 1;
        double cleanParent = 1;
        for (int depth = 1; depth < _got.Length; depth++)
        {
            // Of the digests that fall into the copy's own round half come before it.
            double unasked = Math.Sqrt(untold[Math.Min(depth, _rounds - 1)] * untold[Math.Min(depth, _rounds) - 1]);
            double gets = _kept * unasked;
            double clean = cleanParent * _alive * gets;
            _got[depth][Math.Min(depth, _rounds - 1)] += _membersAtDepth[depth] * clean;
            for (int round = 0; round < Math.Min(depth, _rounds); round++)
            {
                _logAll[round] += _membersAtDepth[depth] * Elementary.Log1P(-Math.Min(1 - 1e-12, clean));
            }

            double begins = cleanParent * (1 - (_alive * gets));
            if (begins > 1e-12)
            {
                Cluster(depth, begins, _alive * (1 - gets) / (1 - (_alive * gets)), _kept * (1 - unasked) / Math.Max(1e-12, 1 - gets), found);
            }

            cleanParent = clean;
        }
    }

    /// <summary>The clusters that begin at a depth.</summary>
    /// <param name="from">The depth.</param>
    /// <param name="begins">The probability that one begins with a member.</param>
    /// <param name="alive">That this one lives.</param>
    /// <param name="copy">That it then gets the tree's copy, having asked before.</param>
    /// <param name="found">When digests bring it to a member that gets it in no other way.</param>
    private void Cluster(int from, double begins, double alive, double copy, double[] found)
    {
        var complete = new double[_rounds];
        var comes = new double[_rounds];
        comes[Math.Min(from, _rounds - 1)] = Math.Min(1, copy);
        double lives = alive;
        for (int depth = from; depth < _got.Length; depth++)
        {
            double[] gets = First(comes, found);
            double each = (double)_membersAtDepth[depth] / _membersAtDepth[from];
            double later = gets.Sum();
            for (int round = 0; round < _rounds; round++)
            {
                _got[depth][round] += _membersAtDepth[depth] * begins * lives * gets[round];
                later -= gets[round];
                complete[round] += each * lives * Elementary.Log1P(-Math.Clamp(later, 0, 1 - 1e-12));
            }

            Array.Clear(comes);
            for (int round = 1; round < _rounds; round++)
            {
                comes[round] = lives * _kept * gets[round - 1];
            }

            comes = Pulled(comes);
            lives = _alive;
        }

        for (int round = 0; round < _rounds; round++)
        {
            _logAll[round] += _membersAtDepth[from] * Elementary.Log1P(begins * Math.Max(-1 + 1e-12, Elementary.ExpM1(complete[round])));
        }
    }

    /// <summary>The earlier of two, neither of them sure.</summary>
    private static double[] First(double[] comes, double[] found)
    {
        var first = new double[comes.Length];
        double missesOne = 1;
        double missesOther = 1;
        double before = 1;
        for (int round = 0; round < first.Length; round++)
        {
            missesOne = Math.Max(0, missesOne - comes[round]);
            missesOther = Math.Max(0, missesOther - found[round]);
            first[round] = Math.Max(0, before - (missesOne * missesOther));
            before = missesOne * missesOther;
        }

        return first;
    }

    /// <summary>The probability that no digest has come by the end of a round.</summary>
    private double[] Untold()
    {
        double members = _membersAtDepth.Sum();
        var untold = new double[_rounds];
        double telling = 0;
        double log = 0;
        for (int round = 0; round < _rounds; round++)
        {
            // Who got it two rounds ago sent first a round ago.
            for (int depth = 0; depth < _got.Length && round >= 2; depth++)
            {
                telling += _got[depth][round - 2] - (round - 2 >= _tellingRounds ? _got[depth][round - 2 - _tellingRounds] : 0);
            }

            log += telling * _told * Elementary.Log1P(-Math.Min(1 - 1e-12, _kept / Math.Max(1, members - 1)));
            untold[round] = Elementary.Exp(log);
        }

        return untold;
    }

    private double[] Asked(double[] untold)
    {
        var told = new double[_rounds];
        for (int round = 0; round < _rounds; round++)
        {
            told[round] = (round == 0 ? 1 : untold[round - 1]) - untold[round];
        }

        return Pulled(told);
    }

    /// <summary>From digests to payloads: two messages, again after a time-out where one of them is lost.</summary>
    private double[] Pulled(double[] told)
    {
        var pulled = new double[_rounds];
        double comes = _kept * _kept;
        double weight = comes;
        for (int delay = 2; delay < _rounds && weight > 1e-12; delay += PullRounds, weight *= 1 - comes)
        {
            for (int round = delay; round < _rounds; round++)
            {
                pulled[round] += weight * told[round - delay];
            }
        }

        return pulled;
    }
}
