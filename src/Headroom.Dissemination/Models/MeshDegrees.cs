using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Degrees of a mesh that members form at their first heartbeats, at times uniform over one: who then has c links from others, c below the least, grafts up to the wanted
/// degree. With G(l) = sum over c &lt; lo of Pois(c; l) (D - c) the links received by time t follow l' = G(l), and the degree is what a member had, what it
/// grafted, and what it receives later. A member above the greatest prunes to the wanted degree at the next heartbeat.
/// </summary>
public static class MeshDegrees
{
    private const int Steps = 256;

    /// <summary>The probability of each degree, up to <paramref name="others"/>.</summary>
    public static double[] Of(int degree, int low, int high, int others)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(others, 1);
        int most = Math.Min(others, 2 * high);
        var received = new double[Steps + 1];
        for (int i = 0; i < Steps; i++)
        {
            double grafts = 0;
            for (int c = 0; c < Math.Min(low, others); c++)
            {
                grafts += Poisson(c, received[i]) * Math.Min(degree - c, others - c);
            }

            received[i + 1] = received[i] + (grafts / Steps);
        }

        var degrees = new double[most + 1];
        var receivedLater = new double[most + 5];
        for (int i = 0; i < Steps; i++)
        {
            double later = received[Steps] - received[i];
            for (int more = 0; more < receivedLater.Length; more++)
            {
                receivedLater[more] = Poisson(more, later);
            }

            for (int c = 0; c <= most; c++)
            {
                int own = c < low ? Math.Min(degree, others) : c;
                double had = Poisson(c, received[i]) / Steps;
                for (int more = 0; had > 1e-15 && more < receivedLater.Length; more++)
                {
                    int all = Math.Min(own + more, most);
                    degrees[all > high ? Math.Min(degree, most) : all] += had * receivedLater[more];
                }
            }
        }

        double sum = degrees.Sum();
        for (int i = 0; i <= most; i++)
        {
            degrees[i] /= sum;
        }

        return degrees;
    }

    private static double Poisson(int count, double mean) =>
        mean <= 0 ? (count == 0 ? 1 : 0) : Elementary.Exp((count * Elementary.Log(mean)) - mean - Elementary.LogGamma(count + 1.0));
}
