using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// The share of members that rumour mongering by push never tells, as n grows [demers1987, section 1.4]: pushes go to random members, so that s = exp(-m)
/// with m pushes a member; with feedback m = (k+1)(1-s), k wasted pushes for each member told and the one that told it; blind m = k(1-s).
/// </summary>
public static class RumourResidue
{
    /// <summary>The solution below 1 of s = exp(-(k+1)(1-s)): .2032, .0595, .0198, .0070, .0025 for k = 1 to 5.</summary>
    public static double Feedback(int k) => 1 - InfectAndDie.ReachedShare(k + 1);

    /// <summary>
    /// The solution below 1 of s = exp(-k(1-s)) for k at least 2. With k = 1 one member at a time knows and tells one other, until the first repetition:
    /// it and sqrt(pi (n-1) / 2) - 1/3 more or so, the mean of the birthday problem [knuth1997, section 1.2.11.3].
    /// </summary>
    public static double Blind(int k, double members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        return k > 1 ? 1 - InfectAndDie.ReachedShare(k) : 1 - Math.Min(1, (Math.Sqrt(Math.PI * (members - 1) / 2) + (2.0 / 3)) / members);
    }

    /// <summary>Pushes a member, from the residue: -ln s.</summary>
    public static double Pushes(double residue) => -Elementary.Log(residue);
}
