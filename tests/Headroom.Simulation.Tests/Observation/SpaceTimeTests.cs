using System.Xml.Linq;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation.SpaceTime;
using Headroom.Simulation.Processes;
using Headroom.Simulation.Tests.Hosting;
using Headroom.Tests;

namespace Headroom.Simulation.Tests.Observation;

public class SpaceTimeTests
{
    private const string Plan = "from 30 ms to 120 ms pause 2; at 90 ms crash 3; at 260 ms restart 3; from 150 ms to 230 ms partition {0,1} | {2-4}; from 200 ms to 330 ms loss 30 %; "
        + "from 290 ms to 340 ms cut 1 -> 0; at 50 ms clock 1 +5 ms; at 240 ms slow 1 by 12 ms; at 300 ms leave 4; at 380 ms join 4";

    private static string Golden => Path.Combine(SharedData.RepositoryRoot(), "tests", "Headroom.Simulation.Tests", "Observation", "space-time.svg");

    [Fact]
    public void ADiagramIsTheSameText()
    {
        string svg = Draw();
        string was = File.Exists(Golden) ? File.ReadAllText(Golden) : "";
        if (svg != was)
        {
            File.WriteAllText(Path.ChangeExtension(Golden, "received.svg"), svg);
        }

        (svg == was).ShouldBeTrue($"{Golden} is not what is drawn; the new picture lies beside it");
        Draw().ShouldBe(svg);
    }

    [Fact]
    public void EverythingThatHappenedIsDrawn()
    {
        SpaceTimeLog log = Record(5, requests: 6, Plan);
        SpaceTimeDiagram.TryDraw(log, 5, out string? svg, out _).ShouldBeTrue();
        XElement root = XDocument.Parse(svg!).Root!;
        int Count(string kind) => root.Elements().Count(element => ((string?)element.Attribute("class") ?? "") is { } name && (name == kind || name.StartsWith(kind + " ")));
        (Count("payload") + Count("control")).ShouldBe(log.ArrowCount);
        Count("cross").ShouldBe(root.Elements().Count(element => ((string?)element.Attribute("class") ?? "").EndsWith(" lost")));
        Count("cross").ShouldBeGreaterThan(5);
        Count("delivered").ShouldBeGreaterThan(15);
        // One crash, one pause, one member away and one slow; a partition, a loss and a cut.
        (Count("crash-mark"), Count("crashed"), Count("paused"), Count("absent"), Count("slow"), Count("clock")).ShouldBe((1, 1, 1, 1, 1, 1));
        root.Elements().Where(element => ((string?)element.Attribute("class") ?? "").EndsWith("-label")).Select(element => element.Value).ShouldBe(["partition {0,1} | {2-4}", "loss 30 %", "cut 1 → 0"]);
        svg.ShouldContain("time, ms");
    }

    [Fact]
    public void WhatNoPictureCanShowIsRefused()
    {
        SpaceTimeLog log = Record(5, requests: 500, "");
        log.ArrowCount.ShouldBeGreaterThan(SpaceTimeLog.ArrowsMax);
        SpaceTimeDiagram.TryDraw(log, 5, out string? svg, out string? problem).ShouldBeFalse();
        svg.ShouldBeNull();
        problem.ShouldBe($"{log.ArrowCount} messages: a space-time diagram shows at most 2000; run fewer members, or for a shorter time");
        SpaceTimeDiagram.TryDraw(Record(2, 1, ""), 101, out _, out problem).ShouldBeFalse();
        problem.ShouldBe("101 members: a space-time diagram shows at most 100; run fewer");
    }

    [Fact]
    public void NamesAndTitlesAreText()
    {
        SpaceTimeDiagram.TryDraw(Record(2, 1, ""), 2, out string? svg, out _, new SpaceTimeOptions { Title = "a < b & c", MemberNames = ["<x>", "y"], InRounds = true }).ShouldBeTrue();
        string[] words = [.. XDocument.Parse(svg!).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        words.ShouldContain("a < b & c");
        words.ShouldContain("<x>");
        words.ShouldContain("round");
    }

    private static string Draw()
    {
        SpaceTimeDiagram.TryDraw(Record(5, requests: 6, Plan), 5, out string? svg, out string? problem, new SpaceTimeOptions { Title = "Everybody tells everybody, and answers" }).ShouldBeTrue(problem);
        return svg!;
    }

    /// <summary>Who is asked sends a payload to all; who gets it first delivers it and thanks without one.</summary>
    [Fact]
    public void OfALongRunTheLastMomentsAreKeptAndFaultsThatStillLast()
    {
        const string Plan = "at 1 ms cut 0 -> 1; at 2 ms mend 0 -> 1; at 3 ms cut 0 -> 2; at 4 ms clock 1 +1 ms";
        SpaceTimeLog all = Record(4, 400, Plan);
        SpaceTimeDiagram.TryDraw(all, 4, out _, out _).ShouldBeFalse();
        SpaceTimeLog last = Record(4, 400, Plan, new SpaceTimeRecorder(all.EndNs - 500_000_000, skipsEarlier: true));
        last.EndNs.ShouldBe(500_000_000);
        last.ArrowCount.ShouldBeInRange(1, 60);
        SpaceTimeDiagram.TryDraw(last, 4, out string? svg, out _, new SpaceTimeOptions { MemberNames = ["a", "b", "c", "the registrar"] }).ShouldBeTrue();
        svg!.ShouldContain("cut 0 → 2");
        svg.ShouldNotContain("cut 0 → 1");
        svg.ShouldNotContain("clock set");
    }

    private static SpaceTimeLog Record(int members, int requests, string plan, SpaceTimeRecorder? recorder = null)
    {
        var options = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(members, 25_000_000), Jitter = new Jitter(JitterShape.Uniform, 8_000_000), BandwidthBps = 4e6 },
            Seed = new Seed(2),
            Faults = FaultPlan.Parse(plan, members),
        };
        var host = new SimulationHost<RecorderProcess, SpaceTimeRecorder>(options, member => new RecorderProcess(member, null, (int self, in ProcessInput input, ref Turn turn) =>
        {
            if (input.Kind == InputKind.Request)
            {
                turn.Deliver(input.Body);
                int message = turn.Compose("tell"u8, input.Body);
                for (int peer = 0; peer < members; peer++)
                {
                    if (peer != self)
                    {
                        turn.Send(peer, message);
                    }
                }
            }
            else if (input.Kind == InputKind.Message && input.Body != 0)
            {
                turn.Deliver(input.Body);
                turn.Send(input.Peer, "thanks"u8);
            }
        }), recorder ?? new SpaceTimeRecorder(0));
        for (int i = 0; i < requests; i++)
        {
            host.Request(i * 70_000_000L, (i * 2) % members, i, body: host.Bodies.AddBlank(1000));
        }

        host.Run();
        return host.Observer.Log;
    }
}
