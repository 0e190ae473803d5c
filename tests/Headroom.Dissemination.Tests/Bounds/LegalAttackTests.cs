using Headroom.Dissemination.Bounds;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.Bounds;

/// <summary>
/// Attempts to beat each bound by something legal, or nearly: small processes made by hand. An attempt that wins stands outside the regime, and the test says by which words.
/// </summary>
public sealed class LegalAttackTests
{
    private static double Value(Bound bound, params (string Name, double Value)[] arguments)
    {
        var given = new BoundArguments();
        foreach ((string name, double value) in arguments)
        {
            given[name] = value;
        }

        return bound.Evaluate(given).Number!.Value;
    }

    /// <summary>
    /// Under loss a sender that sees at once what came through may stop when it is ahead, send to whom it likes, or never begin. The most that any of these policies makes of
    /// deliveries - (1 - p) copies, by backward induction over all of them, is nothing.
    /// </summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void NoStoppingRuleBeatsTheCopiesThatLossCosts(double loss)
    {
        const int CopiesMax = 60;
        double floor = Value(DisseminationBounds.CopiesUnderLoss, ("loss", loss));
        // The best of what is still to come, with so many copies left: stop, or send one more.
        double best = 0;
        for (int left = 1; left <= CopiesMax; left++)
        {
            double sends = -1 + ((1 - loss) * (floor + best)) + (loss * best);
            best = Math.Max(0, sends);
        }

        best.ShouldBe(0, 1e-12);
        // Stopping when first ahead makes the mean of the ratios better than the ratio of the means: the bound is of the latter.
        RandomStream random = new Seed(3).Stream();
        double copies = 0;
        double deliveries = 0;
        double ratios = 0;
        const int Runs = 20_000;
        for (int run = 0; run < Runs; run++)
        {
            int sent = 0;
            int arrived = 0;
            do
            {
                sent++;
                arrived += random.Bernoulli(loss) ? 0 : 1;
            }
            while (arrived <= (1 - loss) * sent && sent < CopiesMax);
            copies += sent;
            deliveries += arrived;
            ratios += (double)arrived / sent / Runs;
        }

        (copies / deliveries).ShouldBe(floor, 0.05 * floor);
        ratios.ShouldBeGreaterThan(1.02 / floor);
    }

    /// <summary>Losses in bursts can be sensed by the last copy's fate: who rests in bad times sends less. Each copy lost <em>independently</em> is the regime.</summary>
    [Fact]
    public void WhoSensesBurstsSendsLess()
    {
        RandomStream random = new Seed(4).Stream();
        const double MeanLoss = 0.5;
        bool isBad = false;
        int rest = 0;
        double copies = 0;
        double deliveries = 0;
        for (int slot = 0; slot < 200_000; slot++)
        {
            isBad = random.Bernoulli(0.01) ? !isBad : isBad;
            if (rest > 0)
            {
                rest--;
                continue;
            }

            copies++;
            deliveries += isBad ? 0 : 1;
            rest = isBad ? 50 : 0;
        }

        (copies / deliveries).ShouldBeLessThan(0.7 * Value(DisseminationBounds.CopiesUnderLoss, ("loss", MeanLoss)));
        DisseminationBounds.CopiesUnderLoss.Regime.ShouldContain("independently");
    }

    /// <summary>The most that any schedule informs by t, counted directly: whoever has it sends all the time, N(t) = N(t - 1) + N(t - 1 - L) with s = 1.</summary>
    [Fact]
    public void NoScheduleBeatsThePostalTime()
    {
        for (int latency = 0; latency <= 7; latency++)
        {
            var informed = new List<double> { 1 };
            while (informed[^1] < 3000)
            {
                int t = informed.Count;
                informed.Add(informed[t - 1] + (t - 1 - latency >= 0 ? informed[t - 1 - latency] : 0));
            }

            for (int members = 2; members <= 3000; members += 1 + (members / 7))
            {
                double earliest = informed.FindIndex(count => count >= members);
                Value(DisseminationBounds.PostalTime, ("members", members), ("latency", latency), ("serialisation", 1)).ShouldBe(earliest, 1e-9 * earliest, $"{members} members, latency {latency}");
            }
        }
    }

    /// <summary>Relays that send on what they have of a payload, chunk by chunk, are sooner than whole copies: outside, except with one hop.</summary>
    [Fact]
    public void ChunksOvertakeWholeCopies()
    {
        const int Chunks = 10;
        const double Serialisation = 1;
        double pipelined = Serialisation + (2 * Serialisation / Chunks) + (3 * 0.01);
        pipelined.ShouldBeLessThan(Value(DisseminationBounds.Latency, ("eccentricity", 0.03), ("serialisation", Serialisation), ("hops", 3)));
        pipelined.ShouldBeGreaterThan(Value(DisseminationBounds.Latency, ("eccentricity", 0.03), ("serialisation", Serialisation), ("hops", 1)));
        DisseminationBounds.Latency.Regime.ShouldContain("in whole");
        DisseminationBounds.PostalTime.Regime.ShouldContain("not in chunks");
    }

    /// <summary>
    /// Two members that take turns as the origin: each line takes in every other payload, so twice B/H broadcasts a second reach both. The ceiling counts the share that a member does
    /// not make itself.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void OriginsThatTakeTurnsBroadcastMoreThanALineTakesIn(int members)
    {
        const int PayloadBits = 1000;
        const int LineBps = 1_000_000;
        var taken = new long[members];
        long broadcasts = 0;
        while (taken.Max() + PayloadBits <= LineBps || taken[broadcasts % members] == taken.Max())
        {
            for (int member = 0; member < members; member++)
            {
                taken[member] += member == broadcasts % members ? 0 : PayloadBits;
            }

            if (taken.Max() > LineBps)
            {
                break;
            }

            broadcasts++;
        }

        double share = (members - 1.0) / members;
        ((double)broadcasts).ShouldBeGreaterThan(1.1 * Value(DisseminationBounds.Rate, ("bandwidth", LineBps), ("entropy", PayloadBits)), "the ceiling of one origin is beaten");
        ((double)broadcasts).ShouldBeLessThanOrEqualTo(Value(DisseminationBounds.Rate, ("bandwidth", LineBps), ("entropy", PayloadBits), ("share", share)) * (1 + 1e-9));
    }

    /// <summary>
    /// Eight horses, whose winner has an entropy of 2 bits: a receiver that is told only of the likeliest one's victories, in one bit, is reached half of the time for half a bit on
    /// average. Whom a broadcast reaches must not depend on what it says.
    /// </summary>
    [Fact]
    public void WhoIsToldOnlyTheLikeliestNewsTakesInLess()
    {
        double[] wins = [0.5, 0.25, 0.125, 0.0625, 1 / 64.0, 1 / 64.0, 1 / 64.0, 1 / 64.0];
        double entropy = -wins.Sum(p => p * Elementary.Log2(p));
        double deliveries = wins[0];
        double bits = wins[0] * 1;
        (bits / 8).ShouldBeLessThan(Value(DisseminationBounds.Bytes, ("deliveries", deliveries), ("entropy", entropy)));
        DisseminationBounds.Bytes.Regime.ShouldContain("does not depend on what it says");
        // By a code for the payload alone, each member told of all: 2 bits, and no fewer.
        double coded = wins.Sum(p => p * -Elementary.Log2(p));
        (coded / 8).ShouldBeGreaterThanOrEqualTo(Value(DisseminationBounds.Bytes, ("deliveries", 1), ("entropy", entropy)) * (1 - 1e-12));
    }

    /// <summary>Everybody asks the one who has it: two rounds for a thousand. Answers to strangers are outside; by digests to f others those who have heard grow (f + 1)-fold and no more.</summary>
    [Fact]
    public void PullsBeatRoundsByFanoutAndDigestsDoNot()
    {
        const int AskAndAnswer = 2;
        AskAndAnswer.ShouldBeLessThan((int)Value(DisseminationBounds.Rounds, ("members", 1000), ("fanout", 1)));
        DisseminationBounds.Rounds.Regime.ShouldContain("pulls only of those it contacted");
        for (int fanout = 1; fanout <= 4; fanout++)
        {
            // Each round: f digests or payloads to new ones, and payloads to all that were contacted earlier and ask now.
            double heard = 1;
            double holding = 1;
            for (int round = 1; holding < 5000; round++)
            {
                double asking = heard - holding;
                double contacts = heard * fanout;
                // Best is to send the payload itself; those told by digest before hold it now too.
                holding += asking + contacts;
                heard += contacts;
                ((double)round).ShouldBeGreaterThanOrEqualTo(Value(DisseminationBounds.Rounds, ("members", Math.Min(holding, heard)), ("fanout", fanout)));
                holding = Math.Min(holding, heard);
            }
        }
    }

    /// <summary>Three payloads in one message are broadcast as fast as one: a message of the telephone model holds one.</summary>
    [Fact]
    public void PayloadsThatShareAMessageBeatTheTelephoneModel()
    {
        double together = Value(DisseminationBounds.RoundsWithOneCall, ("members", 8), ("messages", 1));
        together.ShouldBeLessThan(Value(DisseminationBounds.RoundsWithOneCall, ("members", 8), ("messages", 3)));
        DisseminationBounds.RoundsWithOneCall.Regime.ShouldContain("one payload");
    }

    /// <summary>
    /// A heart that beats once a second over a link that loses half of the beats, and a detector that believes each silence longer than that: many a member is held for dead when it
    /// crashes, and noticed at once. Counted are crashes of members that nobody holds for dead, of whom nothing was lost; of these none is noticed sooner than the bound says on average.
    /// </summary>
    [Fact]
    public void WhoIsHeldForDeadBeforeTheCrashIsNoticedSooner()
    {
        const double Loss = 0.5;
        RandomStream random = new Seed(5).Stream();
        double all = 0;
        double alive = 0;
        int heldAlive = 0;
        const int Crashes = 40_000;
        for (int i = 0; i < Crashes; i++)
        {
            int lost = 0;
            while (random.Bernoulli(Loss))
            {
                lost++;
            }

            double silence = lost + random.NextDouble();
            double wait = Math.Max(0, 1 - silence);
            all += wait / Crashes;
            if (lost == 0)
            {
                alive += wait;
                heldAlive++;
            }
        }

        double floor = Value(DisseminationBounds.DetectionTime, ("rate", 1), ("latency", 0));
        all.ShouldBeLessThan(0.6 * floor);
        (alive / heldAlive).ShouldBe(floor, 0.01);
        DisseminationBounds.DetectionTime.Regime.ShouldContain("never hold a live member for dead");
        DisseminationBounds.DetectionTime.Regime.ShouldContain("after lost messages neither");
    }

    /// <summary>
    /// A member that stops at the first acknowledged sign of life sends 1 / (1 - p) messages on average and still errs with p^k only: the mean lies below the theorem's count, the worst case does
    /// not, and it is the worst case that it counts.
    /// </summary>
    [Fact]
    public void MeanMessagesOfADetectorMayLieBelowItsWorstCase()
    {
        const double Loss = 0.1;
        const int Signs = 3;
        double mistake = Elementary.Power(Loss, Signs);
        double floor = Value(DisseminationBounds.DetectionMessages, ("mistake", mistake), ("loss", Loss));
        double mean = (1 - Elementary.Power(Loss, Signs)) / (1 - Loss);
        mean.ShouldBeLessThan(floor);
        ((double)Signs).ShouldBeGreaterThanOrEqualTo(floor * (1 - 1e-9));
        DisseminationBounds.DetectionMessages.Regime.ShouldContain("Worst-case");
    }
}
