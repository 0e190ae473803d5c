using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Push gossip where everybody reaches everybody, round by round in expectation: of m live members that miss the payload
/// m (1 - (1-p) f/(n-1))^S still miss it after S members have each sent it to f others, copies lost with probability p. A member sends in the round in
/// which it gets it and in times - 1 more. As n grows with times = 1 the share reached tends to <see cref="InfectAndDie"/>.
/// </summary>
public sealed record PushMeanField
{
    private const double NobodyLeft = 1e-9;
    private const int RoundsMax = 1_000_000;

    /// <summary>Live members besides the origin that get it, if it does not die out at the start.</summary>
    public required double Deliveries { get; init; }

    /// <summary>
    /// Rounds until the last delivery: sum over t of 1 - exp(-(deliveries expected after round t)), those of the last rounds taken as Poisson.
    /// </summary>
    public required double Rounds { get; init; }

    /// <summary>
    /// The probability that it dies out at the start: the least q with q = (1 - s + s q)^(f times), where s is the probability that a copy reaches a live
    /// member; 0 where a member reaches no more than one on average, and dying out is not a matter of the start.
    /// </summary>
    public required double DiesOut { get; init; }

    public static PushMeanField Of(int members, int live, int fanout, int times, double loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(live, members);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanout, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        double logMiss = Elementary.Log1P(-Math.Min(1 - 1e-15, (1 - loss) * fanout / (members - 1)));
        double missing = live - 1;
        var fresh = new List<double> { 1 };
        while (missing > NobodyLeft && fresh.Count < RoundsMax)
        {
            double senders = 0;
            for (int i = Math.Max(0, fresh.Count - times); i < fresh.Count; i++)
            {
                senders += fresh[i];
            }

            double reached = -missing * Elementary.ExpM1(senders * logMiss);
            if (reached < NobodyLeft)
            {
                break;
            }

            missing -= reached;
            fresh.Add(reached);
        }

        double rounds = 0;
        double later = 0;
        for (int t = fresh.Count - 1; t >= 1; t--)
        {
            later += fresh[t];
            rounds -= Elementary.ExpM1(-later);
        }

        return new PushMeanField
        {
            Deliveries = live - 1 - missing,
            Rounds = rounds,
            DiesOut = Extinction((1 - loss) * (live - 1) / (members - 1), (double)fanout * times),
        };
    }

    private static double Extinction(double success, double copies)
    {
        if (success * copies <= 1)
        {
            return 0;
        }

        double q = 0;
        for (int i = 0; i < 10_000; i++)
        {
            double next = Elementary.Exp(copies * Elementary.Log1P(-success * (1 - q)));
            if (!(next > q))
            {
                break;
            }

            q = next;
        }

        return q;
    }
}
