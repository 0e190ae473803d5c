using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Gossip by random calls in the mean field, round by round, on a complete topology [karp2000]: with u the expected share not informed, one round of pushes
/// leaves u exp(-f q (1-u)) and one of pulls u (1 - q' (1-u))^f, where q and q' are the shares of pushes and of pulls that find a live peer and get
/// through. The mean over runs differs from it by less than a round.
/// </summary>
public static class CallRecursion
{
    /// <summary>What the recursion gives, by live members.</summary>
    /// <param name="Rounds">Rounds until less than half a member is expected not to know; infinite when that is not reached.</param>
    /// <param name="Missed">Share not informed at the end.</param>
    /// <param name="Pushes">Payload copies pushed, for each live member.</param>
    /// <param name="Answers">Payload copies sent in answer to pulls, for each live member.</param>
    /// <param name="Blank">Calls by those who know of nothing, for each live member, until pulls end.</param>
    public readonly record struct Course(double Rounds, double Missed, double Pushes, double Answers, double Blank);

    /// <param name="members">Members that may be called.</param>
    /// <param name="live">Those of them that live, the origin among them.</param>
    /// <param name="calls">Calls f that a member makes a round.</param>
    /// <param name="pushRounds">Rounds with pushes.</param>
    /// <param name="pullRounds">Rounds in which pulls are answered.</param>
    /// <param name="loss">Share of all messages lost.</param>
    public static Course Of(double members, double live, int calls, int pushRounds, int pullRounds, double loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, live);
        double alive = members <= 1 ? 0 : live / members;
        double uninformed = 1 - (1 / live);
        double before = 1;
        double rounds = live <= 1 ? 0 : double.PositiveInfinity;
        double pushes = 0;
        double answers = 0;
        double blank = 0;
        for (int round = 1; round <= pullRounds; round++)
        {
            double informed = 1 - uninformed;
            // The pulls that arrive now were sent a round ago.
            double asked = before * calls * (1 - loss) * alive * informed;
            answers += asked;
            blank += uninformed * calls;
            double next = uninformed * Elementary.Pow(1 - (alive * (1 - loss) * (1 - loss) * informed), calls);
            if (round <= pushRounds)
            {
                pushes += informed * calls;
                next *= Elementary.Exp(-calls * alive * (1 - loss) * informed);
            }

            before = uninformed;
            uninformed = next;
            if (double.IsPositiveInfinity(rounds) && uninformed * live < 0.5)
            {
                rounds = round;
            }
        }

        return new Course(rounds, uninformed, pushes, answers, blank);
    }
}
