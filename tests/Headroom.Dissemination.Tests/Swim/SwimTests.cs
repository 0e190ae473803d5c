using Headroom.Dissemination.Detection;
using Headroom.Dissemination.Swim;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Swim;

public class SwimTests
{
    private const int Members = 40;
    private const long SecondNs = 1_000_000_000;

    private static readonly SwimOptions Options = new()
    {
        Members = Members,
        PeriodNs = SecondNs,
        AnswerNs = 50_000_000,
        SuspicionPeriods = 6,
        Repeats = 12,
    };

    [Fact]
    public void AHeadLiesAsTheFormatSays()
    {
        Span<byte> bytes = stackalloc byte[SwimHead.Length(1)];
        SwimHead.Write(bytes, SwimVerb.PingRequest, 0x10203, 5, 7, [new SwimNews(9, MemberStatus.Suspect, 258)]);
        bytes.ToArray().ShouldBe([0x61, 3, 2, 5, 0, 0, 0, 7, 0, 0, 0, 1, 1, 2, 1, 9, 0, 0, 0]);
        SwimHead.TryRead(bytes, 10, out SwimHead head).ShouldBeTrue();
        (head.Verb, head.Period, head.Subject, head.Requester, head[0]).ShouldBe((SwimVerb.PingRequest, (ushort)0x203, 5, 7, new SwimNews(9, MemberStatus.Suspect, 258)));
        SwimHead.TryRead(bytes, 9, out _).ShouldBeFalse("there is no member 9 among 9");
        SwimHead.TryRead(bytes[..^1], 10, out _).ShouldBeFalse();
        bytes[12] = 3;
        SwimHead.TryRead(bytes, 10, out _).ShouldBeFalse("there is no fourth status");
    }

    [Theory]
    [InlineData(MemberStatus.Alive, 1, MemberStatus.Suspect, 0)]
    [InlineData(MemberStatus.Suspect, 1, MemberStatus.Alive, 1)]
    [InlineData(MemberStatus.Suspect, 1, MemberStatus.Suspect, 0)]
    [InlineData(MemberStatus.Dead, 1, MemberStatus.Suspect, 1)]
    [InlineData(MemberStatus.Alive, 2, MemberStatus.Dead, 1)]
    public void NewsOverrideAsThePaperSays(MemberStatus status, int incarnation, MemberStatus overridden, int earlier)
    {
        var tables = new SwimTables(Options);
        var strong = new SwimNews(3, status, incarnation);
        var weak = new SwimNews(3, overridden, earlier);
        tables.Learn(0, weak, 0).ShouldBe(weak.Key > 0);
        tables.Learn(0, strong, 0).ShouldBeTrue();
        tables.Learn(0, weak, 0).ShouldBeFalse();
        tables[0, 3].ShouldBe(strong);
    }

    [Fact]
    public void NewsArePassedOnSoOftenAndTheNewestFirst()
    {
        var tables = new SwimTables(Options with { NewsHeld = 3, NewsPerMessage = 2, Repeats = 2 });
        var into = new SwimNews[2];
        for (int subject = 1; subject <= 4; subject++)
        {
            tables.Learn(0, new SwimNews(subject, MemberStatus.Dead, 0), 0).ShouldBeTrue();
        }

        var told = new List<int>();
        for (int message = 0; message < 5; message++)
        {
            int count = tables.Take(0, into);
            told.AddRange(into[..count].Select(news => news.Subject));
        }

        // Room for three: the fourth took another's place. Each twice.
        told.GroupBy(subject => subject).Select(group => group.Count()).ShouldBe([2, 2, 2]);
        told.ShouldContain(4);
    }

    [Fact]
    public void AMemberThatWasWronglyDeclaredComesBack()
    {
        var tables = new SwimTables(Options);
        SimulationHost<SwimProcess, NoObserver> host = Host(tables, FaultPlan.Parse("at 10 s pause 7; at 60 s resume 7", Members));
        host.Run(55 * SecondNs);
        Enumerable.Range(0, Members).Where(m => m != 7).ShouldAllBe(m => tables[m, 7].Status == MemberStatus.Dead);
        host.Run(120 * SecondNs);
        Enumerable.Range(0, Members).Where(m => m != 7).ShouldAllBe(m => tables[m, 7].Status == MemberStatus.Alive);
        host.Process(7).Incarnation.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void WhoComesBackWithoutMemoryLearnsWhoIsDead()
    {
        var tables = new SwimTables(Options);
        SimulationHost<SwimProcess, NoObserver> host = Host(tables, FaultPlan.Parse("at 5 s crash 3; at 5 s crash 9; at 60 s restart 3", Members));
        host.Run(61 * SecondNs);
        tables[3, 9].Status.ShouldBe(MemberStatus.Dead, "its contact told it, long before its own pings would");
        host.Run(120 * SecondNs);
        Enumerable.Range(0, Members).Where(m => m is not (3 or 9)).ShouldAllBe(m => tables[m, 3].Status == MemberStatus.Alive && tables[m, 9].Status == MemberStatus.Dead);
    }

    [Fact]
    public void WhoLeavesIsKnownGoneWithoutSuspicion()
    {
        var tables = new SwimTables(Options);
        SimulationHost<SwimProcess, NoObserver> host = Host(tables, FaultPlan.None);
        host.Request(5 * SecondNs, 4, 1, SwimProcess.LeaveRequest);
        host.Run(5 * SecondNs + (6 * SecondNs));
        // A suspicion alone would take six periods and more.
        Enumerable.Range(0, Members).Where(m => m != 4).ShouldAllBe(m => tables[m, 4].Status == MemberStatus.Dead);
    }

    [Fact]
    public void NothingThatArrivesBreaksAMember()
    {
        RandomStream random = new Seed(8).Stream();
        var tables = new SwimTables(Options);
        var process = new SwimProcess(tables);
        var runner = new StepRunner();
        var sink = new Silence();
        var bytes = new byte[64];
        runner.Step(ref process, 0, new ProcessInput { Kind = InputKind.Start }, default, ref random, ref sink);
        for (int i = 0; i < 30_000; i++)
        {
            int news = random.Below(4);
            int length = random.Below(3) == 0 ? random.Below(bytes.Length) : SwimHead.Length(news);
            for (int b = 0; b < length; b++)
            {
                bytes[b] = random.Below(3) == 0 ? (byte)random.Below(256) : (byte)0;
            }

            if (length >= SwimHead.FixedBytes)
            {
                bytes[0] = (byte)(0x60 + random.Below(7));
                bytes[11] = (byte)news;
            }

            var input = random.Below(10) == 0
                ? new ProcessInput { Kind = InputKind.Timer, Number = random.Below(2) }
                : new ProcessInput { Kind = InputKind.Message, Peer = 1 + random.Below(Members - 1), Head = bytes.AsSpan(0, length) };
            runner.Step(ref process, 0, input, new ClockReading(i, 0), ref random, ref sink);
        }

        sink.Sends.ShouldBeGreaterThan(100);
    }

    private static SimulationHost<SwimProcess, NoObserver> Host(SwimTables tables, FaultPlan faults)
    {
        var network = new NetworkOptions { Topology = Topology.Complete(Members, 10_000_000), Jitter = new Jitter(JitterShape.Uniform, 2_000_000) };
        return new SimulationHost<SwimProcess, NoObserver>(new SimulationOptions { Network = network, Seed = new Seed(5), Faults = faults }, _ => new SwimProcess(tables), default);
    }

    private sealed class Silence : IOutputSink
    {
        public int Sends { get; private set; }

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent)
        {
            peer.ShouldBeInRange(1, Members - 1);
            SwimHead.TryRead(head, Members, out _).ShouldBeTrue();
            Sends++;
        }

        public void SetTimer(int timer, long delayNs)
        {
        }

        public void CancelTimer(int timer)
        {
        }

        public void Persist(ReadOnlySpan<byte> record)
        {
        }

        public void Deliver(int body)
        {
        }

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => StatusNotice.TryRead(head, out _).ShouldBeTrue();
    }
}
