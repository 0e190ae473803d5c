using Headroom.Dissemination.Rumours;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Rumour mongering by push in the mean field, cycle by cycle, on a complete topology: with i the share that is interested and u the one not told, a
/// cycle leaves u exp(-q i) not told, and those interested move on by the rules of <see cref="Interest"/>, each feedback for itself. Cycles are those of
/// [demers1987]: pushes of one cycle that meet were all needed.
/// </summary>
/// <param name="Residue">Share of the live members never told.</param>
/// <param name="Pushes">Pushes for each live member.</param>
/// <param name="Feedbacks">Answers that somebody knew already, for each live member.</param>
/// <param name="Cycles">Cycles until less than half a member is still to be told of those that will be.</param>
public readonly record struct RumourCourse(double Residue, double Pushes, double Feedbacks, double Cycles)
{
    private const int CyclesMax = 100_000;

    public static RumourCourse Of(Interest interest, int k, double members, double live, double loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, live);
        double arrives = members <= 1 ? 0 : live / members * (1 - loss);
        // By unnecessary pushes (or any, if blind) so far; a coin has one class.
        bool isCoin = interest is Interest.FeedbackCoin or Interest.BlindCoin;
        bool isBlind = interest is Interest.BlindCoin or Interest.BlindCounter;
        var classes = new double[isCoin ? 1 : k];
        classes[0] = 1 / live;
        double untold = 1 - (1 / live);
        double pushes = 0;
        double feedbacks = 0;
        var told = new List<double> { untold };
        for (int cycle = 0; cycle < CyclesMax && classes.Sum() * live > 1e-3; cycle++)
        {
            double interested = classes.Sum();
            double answered = arrives * (1 - untold);
            pushes += interested;
            feedbacks += isBlind ? 0 : interested * answered;
            double tires = isBlind ? 1 : answered * (1 - loss);
            double left = untold * Elementary.Exp(-arrives * interested);
            Advance(classes, isCoin ? tires / k : tires, resets: interest == Interest.FeedbackCounter);
            classes[0] += untold - left;
            untold = left;
            told.Add(untold);
        }

        return new RumourCourse(untold, pushes, feedbacks, told.FindIndex(share => (share - untold) * live < 0.5));
    }

    /// <summary>With this probability one class on; from the last one out. Else a counter that counts pushes in a row starts again.</summary>
    private static void Advance(double[] classes, double probability, bool resets)
    {
        double reset = 0;
        for (int j = classes.Length - 1; j >= 0; j--)
        {
            double moves = classes[j] * probability;
            if (j + 1 < classes.Length)
            {
                classes[j + 1] += moves;
            }

            classes[j] -= moves;
            if (resets)
            {
                // What has just come from the class below is not in it yet.
                reset += classes[j];
                classes[j] = 0;
            }
        }

        classes[0] += reset;
    }
}
