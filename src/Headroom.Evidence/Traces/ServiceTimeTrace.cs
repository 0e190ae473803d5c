using Headroom.Kernel.Statistics;

namespace Headroom.Evidence.Traces;

/// <summary>Service times in the order in which they were recorded, in seconds.</summary>
public sealed record ServiceTimeTrace(IReadOnlyList<double> TimesS)
{
    /// <summary>
    /// The correlation of neighbours: what is lost when the times are drawn independently. 0 for fewer than three times or equal ones. Under independence it lies
    /// within 2/sqrt(n) of 0 nineteen times in twenty.
    /// </summary>
    public double NeighbourCorrelation
    {
        get
        {
            var moments = new Moments();
            foreach (double time in TimesS)
            {
                moments.Add(time);
            }

            double sum = 0;
            for (int i = 1; i < TimesS.Count; i++)
            {
                sum += (TimesS[i] - moments.Mean) * (TimesS[i - 1] - moments.Mean);
            }

            double squares = moments.Variance * (moments.Count - 1);
            return TimesS.Count < 3 || squares == 0 ? 0 : sum / squares;
        }
    }
}
