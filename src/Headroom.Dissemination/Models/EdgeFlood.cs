using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Flooding of a random graph of given degrees, link by link [volz2008]: theta(t), the probability that a link has not brought a copy by t, is
/// 1 - q sum over delays of P(delay) z(t - delay), z the probability that the other end has it from elsewhere, 1 - (1 - 1/n) psi'(theta)/psi'(1), q that it lives and the copy comes
/// through, and psi the degrees' generating function; a member misses it with probability (1 - 1/n) psi(theta). Whoever is missed may be told in other ways, at a rate
/// for each member that knows.
/// </summary>
public sealed class EdgeFlood
{
    /// <param name="degrees">Probability of each degree.</param>
    /// <param name="live">Live members.</param>
    /// <param name="comes">Probability that a neighbour lives and its copy comes through.</param>
    /// <param name="hop">The delay of a link.</param>
    /// <param name="steps">Steps that are followed.</param>
    /// <param name="repair">Copies a step that a member which misses it gets otherwise, when all others have it.</param>
    /// <param name="repairDelay">Steps from the one that has it to such a copy.</param>
    public EdgeFlood(ReadOnlySpan<double> degrees, double live, double comes, DelayLaw hop, int steps, double repair = 0, int repairDelay = 0)
    {
        ArgumentNullException.ThrowIfNull(hop);
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        double mean = 0;
        for (int degree = 0; degree < degrees.Length; degree++)
        {
            mean += degree * degrees[degree];
        }

        Curve = new SpreadCurve();
        double others = 1 - (1 / live);
        var reached = new double[steps];
        double untold = 1;
        for (int t = 0; t < steps; t++)
        {
            double brought = 0;
            for (int delay = 1; delay < hop.Mass.Length && delay <= t; delay++)
            {
                brought += hop.Mass[delay] * reached[t - delay];
            }

            double theta = 1 - (comes * brought);
            double psi = 0;
            double slope = 0;
            double power = 1;
            for (int degree = 0; degree < degrees.Length; degree++)
            {
                psi += degrees[degree] * (degree == 0 ? 1 : power * theta);
                slope += degree * degrees[degree] * power;
                power *= degree == 0 ? 1 : theta;
            }

            if (repair > 0 && t >= repairDelay)
            {
                untold *= Elementary.Exp(-repair * (1 - (t == repairDelay ? others : Curve.Missing[t - repairDelay])));
            }

            reached[t] = 1 - (others * untold * (mean > 0 ? slope / mean : 1));
            Curve.Add(others * untold * psi);
        }
    }

    /// <summary>By step.</summary>
    public SpreadCurve Curve { get; }
}
