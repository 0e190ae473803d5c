using Headroom.Dissemination.HyParView;
using Headroom.Dissemination.Memory;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Tests.HyParView;

public class HyParViewTests
{
    private const int Members = 2000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    public void JoinsBuildOneConnectedOverlayOfFullViews(double loss)
    {
        HyParViewMembership views = Built(Members, loss);
        int links = 0;
        int unanswered = 0;
        for (int member = 0; member < Members; member++)
        {
            views.HasJoined(member).ShouldBeTrue();
            links += views.Active.Count(member);
            views.Active.Count(member).ShouldBeGreaterThanOrEqualTo(loss < 0.1 ? 3 : 2);
            for (int i = 0; i < views.Active.Count(member); i++)
            {
                views.Active[member, i].ShouldNotBe(member);
                views.Passive.Contains(member, views.Active[member, i]).ShouldBeFalse("the views are disjoint");
                unanswered += views.Active.Contains(views.Active[member, i], member) ? 0 : 1;
            }
        }

        // [leitao2007b] keeps the active views full (5) and symmetric; losses leave some links that one side has forgotten.
        ((double)links / Members).ShouldBeInRange(loss < 0.1 ? 4.9 : 4.7, 5);
        ((double)unanswered / links).ShouldBeLessThan(loss == 0 ? 0.001 : 0.01);
        Enumerable.Range(0, Members).Average(views.Passive.Count).ShouldBeGreaterThan(28);
        Reached(views.Active).ShouldBe(Members);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void FewMembersAllKnowEachOther(int members)
    {
        HyParViewMembership views = Built(members, 0);
        for (int member = 0; member < members; member++)
        {
            (views.Active.Count(member) + views.Passive.Count(member)).ShouldBe(members - 1);
            views.Active.Count(member).ShouldBeGreaterThanOrEqualTo(Math.Min(members - 1, 3));
        }
    }

    /// <summary>A tenth of the members say farewell at once: nobody waits for them, their neighbours fill the gaps, and the overlay stays in one piece.</summary>
    [Fact]
    public void WhoLeavesIsReplacedAndHeardOfNoMore()
    {
        const int Count = 400;
        var views = new HyParViewMembership(Options(Count, 8));
        var network = new NetworkOptions { Topology = Topology.Complete(Count, 40_000_000), Jitter = new Jitter(JitterShape.Uniform, 5_000_000) };
        var options = new SimulationOptions { Network = network, Seed = new Seed(19), EventsMax = 10_000_000 };
        var host = new SimulationHost<HyParViewProcess, NoObserver>(options, _ => new HyParViewProcess(views, Count), default);
        host.Run();
        int[] leaving = [.. Enumerable.Range(0, Count / 10).Select(i => 10 * i)];
        views.Active.Count(leaving[3]).ShouldBeGreaterThan(0);
        foreach (int member in leaving)
        {
            host.Request(host.NowNs + 1_000_000, member, 1, HyParViewMembership.LeaveRequest);
        }

        host.Run();
        host.WasCutOff.ShouldBeFalse();
        foreach (int member in leaving)
        {
            views.HasLeft(member).ShouldBeTrue();
            (views.Active.Count(member), views.Passive.Count(member)).ShouldBe((0, 0), $"{member}");
        }

        int[] staying = [.. Enumerable.Range(0, Count).Except(leaving)];
        foreach (int member in staying)
        {
            views.Active.Count(member).ShouldBeGreaterThanOrEqualTo(3, $"{member}");
            leaving.ShouldAllBe(gone => !views.Active.Contains(member, gone), $"{member}");
        }

        staying.Average(views.Active.Count).ShouldBeInRange(4.5, 5);
        Reached(views.Active, staying[0]).ShouldBe(staying.Length);
    }

    [Fact]
    public void WhoLeftComesBackWhenItIsStartedAnew()
    {
        var views = new HyParViewMembership(Options(20, 8));
        var faults = FaultPlan.InOrder([
            new Fault(60_000_000_000, FaultKind.Crash, 7),
            new Fault(61_000_000_000, FaultKind.Restart, 7)]);
        var network = new NetworkOptions { Topology = Topology.Complete(20, 40_000_000) };
        var host = new SimulationHost<HyParViewProcess, NoObserver>(new SimulationOptions { Network = network, Seed = new Seed(21), EventsMax = 1_000_000, Faults = faults }, _ => new HyParViewProcess(views, 20), default);
        host.Request(50_000_000_000, 7, 1, HyParViewMembership.LeaveRequest);
        host.Run(59_000_000_000);
        views.HasLeft(7).ShouldBeTrue();
        host.Run();
        (views.HasLeft(7), views.HasJoined(7)).ShouldBe((false, true));
        views.Active.Count(7).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void MembersJoinAfterTheirContacts()
    {
        var options = Options(1_000_000, 0);
        options.JoinNs(0).ShouldBe(0);
        options.JoinNs(1).ShouldBe(options.JoinPaceNs);
        for (int member = 1; member < 100_000; member += 37)
        {
            // The last possible contact of member i is (i-1)/2: it joined a doubling before.
            (options.JoinNs(member) - options.JoinNs((member - 1) / 2)).ShouldBeGreaterThanOrEqualTo(options.JoinPaceNs - 1);
        }
    }

    internal static HyParViewOptions Options(int members, int shuffles) => new()
    {
        Members = members,
        ReplyNs = 180_000_000,
        JoinPaceNs = 540_000_000,
        ShufflePeriodNs = 900_000_000,
        Shuffles = shuffles,
    };

    private static HyParViewMembership Built(int members, double loss)
    {
        var views = new HyParViewMembership(Options(members, 8));
        var network = new NetworkOptions { Topology = Topology.Complete(members, 40_000_000), Jitter = new Jitter(JitterShape.Uniform, 5_000_000), Loss = loss };
        var host = new SimulationHost<HyParViewProcess, NoObserver>(
            new SimulationOptions { Network = network, Seed = new Seed(17), EventsMax = 10_000_000 }, _ => new HyParViewProcess(views, members), default);
        host.Run();
        host.WasCutOff.ShouldBeFalse();
        return views;
    }

    private static int Reached(MemberRows links, int from = 0)
    {
        var seen = new bool[links.Members];
        var stack = new Stack<int>([from]);
        seen[from] = true;
        int count = 0;
        while (stack.TryPop(out int member))
        {
            count++;
            for (int i = 0; i < links.Count(member); i++)
            {
                if (!seen[links[member, i]])
                {
                    seen[links[member, i]] = true;
                    stack.Push(links[member, i]);
                }
            }
        }

        return count;
    }
}
