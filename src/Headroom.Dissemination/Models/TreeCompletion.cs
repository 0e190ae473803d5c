using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// When the last live member of a k-ary tree has a payload that every parent sends to its children, repeats until it is acknowledged, and brings to the children of a child
/// itself once that one has been silent for so long. The completion of subtrees is independent given the times at which their roots get it, so the distribution function G
/// of a subtree's completion, counted from the sending to its root, is a (hop * prod G(children)) + (1 - a) shift(prod G(children)), a the probability that the root
/// lives: exact but that members die independently and copies of one line do not wait for each other.
/// </summary>
public sealed class TreeCompletion
{
    private readonly int _arity;
    private readonly double _alive;
    private readonly DelayLaw _hop;
    private readonly int _silence;
    private readonly double _send;
    private readonly int _steps;
    private readonly Dictionary<int, double[]> _known = [];

    /// <param name="arity">Children of a member.</param>
    /// <param name="alive">Probability that a member lives.</param>
    /// <param name="hop">From a sending to a live member until it has it, repeated or not.</param>
    /// <param name="silence">Steps until a silent child's children are told instead.</param>
    /// <param name="send">Steps from one child's copy to the next one's.</param>
    /// <param name="steps">Steps that are followed.</param>
    public TreeCompletion(int arity, double alive, DelayLaw hop, int silence, double send, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arity, 1);
        ArgumentNullException.ThrowIfNull(hop);
        (_arity, _alive, _hop, _silence, _send, _steps) = (arity, alive, hop, silence, send, steps);
    }

    /// <summary>The distribution function of the completion of a tree of so many members below a root that has it, the root's first copies left out.</summary>
    public double[] Below(int members, int copiesBefore = 0)
    {
        var all = new double[_steps];
        Array.Fill(all, 1);
        for (int child = 0; child < _arity && child < members - 1; child++)
        {
            Multiply(all, Subtree(SizeOfChild(members, child)), (int)Math.Round((copiesBefore + child) * _send));
        }

        return all;
    }

    /// <summary>The same from the sending to the root, which is its first live one: each dead one costs the silence.</summary>
    public double[] FromFirstLive(int members)
    {
        double[] after = _hop.After(Below(members));
        var all = new double[_steps];
        double weight = _alive;
        for (int dead = 0; dead < members && weight > 1e-12; dead++, weight *= 1 - _alive)
        {
            int shift = dead * _silence;
            for (int t = shift; t < _steps && shift >= 0; t++)
            {
                all[t] += weight * after[t - shift];
            }
        }

        // Where all are dead there is nobody to reach.
        return [.. all.Select(value => value + weight)];
    }

    /// <summary>Multiplies a distribution function by another that begins so many steps later.</summary>
    public static void Multiply(double[] into, double[] by, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(by);
        for (int t = 0; t < into.Length; t++)
        {
            into[t] *= t < shift ? 0 : by[t - shift];
        }
    }

    /// <summary>The mean of what has this distribution function, in steps, of the runs that end within them.</summary>
    public static double Mean(ReadOnlySpan<double> cdf)
    {
        double mean = 0;
        for (int t = 0; t < cdf.Length && cdf[^1] > 0; t++)
        {
            mean += 1 - (cdf[t] / cdf[^1]);
        }

        return mean;
    }

    private double[] Subtree(int members)
    {
        if (_known.TryGetValue(members, out double[]? known))
        {
            return known;
        }

        double[] below = Below(members);
        double[] alive = _hop.After(below);
        // Where all of it is dead there is nobody to wait for.
        double nobody = Elementary.Power(1 - _alive, members - 1);
        var all = new double[_steps];
        for (int t = 0; t < _steps; t++)
        {
            all[t] = (_alive * alive[t]) + ((1 - _alive) * (nobody + (t < _silence ? 0 : below[t - _silence] - nobody)));
        }

        return _known[members] = all;
    }

    /// <summary>Members in the subtree of a child of the root of a tree in breadth-first order.</summary>
    private int SizeOfChild(int members, int child)
    {
        long size = 0;
        long first = child + 1;
        for (long width = 1; first < members; width *= _arity)
        {
            size += Math.Min(width, members - first);
            first = (first * _arity) + 1;
        }

        return (int)size;
    }
}
