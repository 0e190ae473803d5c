using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;
using Headroom.Simulation.Networks;

namespace Headroom.Lab.Tests.Groups;

/// <summary>Groups that agree, over real sockets, with real files.</summary>
public sealed class SocketGroupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-").FullName;

    /// <summary>Every way of agreeing that is registered and promises what can be judged.</summary>
    public static TheoryData<string, Transport> All()
    {
        var cases = new TheoryData<string, Transport>();
        foreach (AgreementStrategy strategy in AgreementStrategies.All.Select(entry => entry.Usual.FirstOrDefault()).OfType<AgreementStrategy>().Where(strategy => strategy.IsLinearizable))
        {
            cases.Add(strategy.Name, Transport.Tcp);
        }

        cases.Add("raft", Transport.Udp);
        return cases;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The leader dies twice amid the run and comes back from its log; in the end all die at once. What clients were told stays true.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void NothingAcknowledgedIsLostWhenServersDieAndComeBack(string protocol, Transport transport)
    {
        GroupLabOptions options = Options(protocol) with { Transport = transport, Kills = 2, EndsWithRestart = true, Folder = _folder, SnapshotEvery = 200 };
        GroupLabRun run = Run(options);
        run.Verdict!.Holds.ShouldBeTrue(run.Verdict.Text);
        run.Killed.Count.ShouldBe(2);
        (run.WasRestarted, run.WasInterrupted).ShouldBe((true, false));
        run.Rounds.Sum(round => round.Calls.Count).ShouldBeGreaterThan(3500);
        run.Rounds.ShouldAllBe(round => round.Logs.Flushes > 0 && round.Alone.Flushes > 0 && round.Together.Flushes >= 5);
        // A life's log goes on where the one before ended.
        LogReading log = LogReader.Read(GroupFolder.LogOf(_folder, run.Killed[0]));
        (log.Damage, log.IsAnew).ShouldBe((null, options.Strategy.CompactsLogs));
        if (log.IsAnew)
        {
            // More than two thousand commands went through it; reads come besides, and what clients ask again.
            log.Records.Count.ShouldBeLessThan(1500);
        }
    }

    /// <summary>What in-sync replicas acknowledged is on the disks of enough of them, whoever was killed and whether or not anything was flushed first.</summary>
    [Theory]
    [InlineData("isr(2)", false)]
    [InlineData("isr-flush(2)", true)]
    public void WhatInSyncReplicasAcknowledgedIsOnTheirDisksInTheEnd(string protocol, bool endsWithRestart)
    {
        GroupLabRun run = Run(Options(protocol) with { Kills = 1, EndsWithRestart = endsWithRestart, Folder = _folder });
        run.Verdict!.Holds.ShouldBeTrue(run.Verdict.Text);
        run.Verdict.Text.ShouldMatch("^each of [1-9][0-9]{3} acknowledged records is on [2-5] disks in the end, where 2 must have it$");
        (run.Killed.Count, run.WasRestarted).ShouldBe((1, endsWithRestart));
    }

    /// <summary>Without reads that wait for one another nothing but heartbeats goes by the clock.</summary>
    [Theory]
    [InlineData("raft", 0, 10)]
    [InlineData("abd", 0, 20)]
    [InlineData("abd", 100, 10)]
    public void MessagesOfAnOperationAreThoseOfTheSimulator(string protocol, int reads, double expected)
    {
        GroupLabOptions options = Options(protocol) with { Clients = 1, OperationsEach = 300, ReadsPercent = reads };
        AgreementOutcome simulated = SimulatedAgreement.Run(options.Strategy, options.Setting(1, 300), new Seed(5));
        simulated.Answered.ShouldBe(300);
        simulated.MessagesPerOperation.ShouldBe(expected, 0.3);
        GroupLabRun run = Run(options);
        double executed = run.Rounds.Average(round => (double)round.Sent.Messages / round.Calls.Count);
        executed.ShouldBe(expected, 0.6);
        double bytes = run.Rounds.Average(round => (double)round.Sent.Bytes / round.Calls.Count);
        bytes.ShouldBe(simulated.BytesPerOperation, 0.06 * simulated.BytesPerOperation);
    }

    /// <summary>Datagrams that links lose, delay and let overtake one another, a leader that dies and comes back: the history holds, and messages and bytes are those that the simulator has for such links.</summary>
    [Theory]
    [InlineData("raft")]
    [InlineData("multipaxos")]
    public void OverLinksThatLoseAndDelayAGroupAgreesAndSendsWhatTheSimulatorSends(string protocol)
    {
        GroupLabOptions options = Options(protocol) with
        {
            Transport = Transport.Udp,
            Links = new GroupLinks(5_000_000, new Jitter(JitterShape.Exponential, 2_000_000), 0.02),
            OperationsEach = 60,
            RatePerSecond = 200,
            Rounds = 3,
            ReadsPercent = 0,
            ValueBytes = 1000,
        };
        GroupLabRun run = Run(options);
        run.Verdict!.Holds.ShouldBeTrue(run.Verdict.Text);
        AgreementOutcome simulated = SimulatedAgreement.Run(options.Strategy, options.Setting(8, 480), new Seed(5));
        double bytes = run.Rounds.Average(round => (double)round.Sent.Bytes / round.Calls.Count);
        bytes.ShouldBeInRange(0.7 * simulated.BytesPerOperation, 1.5 * simulated.BytesPerOperation);
        // Nobody is faster than its links: to the leader, to a follower and back, to the client.
        run.Rounds.SelectMany(round => round.Calls).Min(call => call.ReturnNs - call.CallNs).ShouldBeGreaterThan(20_000_000);
        GroupLabRun killed = Run(options with { Kills = 1, EndsWithRestart = true, Folder = _folder });
        killed.Verdict!.Holds.ShouldBeTrue(killed.Verdict.Text);
    }

    /// <summary>The longest values that are let in over UDP go through: who gathers records heeds what a datagram holds.</summary>
    [Theory]
    [InlineData("isr(2)")]
    [InlineData("chain")]
    [InlineData("multipaxos")]
    [InlineData("raft")]
    [InlineData("abd")]
    public void TheLongestValuesFitDatagrams(string protocol)
    {
        GroupLabRun run = Run(Options(protocol) with { Servers = 3, Transport = Transport.Udp, ValueBytes = 16_000, OperationsEach = 40, Rounds = 2, Kills = 1, Folder = _folder });
        run.Rounds.ShouldAllBe(round => round.Calls.Count > 0);
        if (run.Verdict is { } verdict)
        {
            verdict.Holds.ShouldBeTrue(verdict.Text);
        }
    }

    /// <summary>Transactions over two groups of three: leaders of either die, and in the end all servers; timestamps stay in the order of real time.</summary>
    [Theory]
    [InlineData("truetime(2)", 6, Transport.Tcp)]
    [InlineData("truetime", 9, Transport.Udp)]
    public void TransactionsStayExternallyConsistentWhenServersDieAndComeBack(string protocol, int servers, Transport transport)
    {
        GroupLabRun run = Run(Options(protocol) with { Servers = servers, Transport = transport, Kills = 2, EndsWithRestart = true, Folder = _folder });
        run.Verdict!.Holds.ShouldBeTrue(run.Verdict.Text);
        run.Verdict.Text.ShouldStartWith("externally consistent: ");
        run.Killed.Count.ShouldBe(2);
        run.WasRestarted.ShouldBeTrue();
        run.Rounds.Sum(round => round.Calls.Count).ShouldBeGreaterThan(3500);
    }

    /// <summary>Two keys of sixteen are of one group in seven of fifteen cases.</summary>
    [Fact]
    public void MessagesOfATransactionAreThoseOfTheSimulator()
    {
        GroupLabOptions options = Options("truetime(2)") with { Servers = 6, Clients = 1, OperationsEach = 300, ReadsPercent = 0 };
        AgreementOutcome simulated = SimulatedAgreement.Run(options.Strategy, options.Setting(1, 300), new Seed(5));
        simulated.Answered.ShouldBe(300);
        simulated.MessagesPerOperation.ShouldBe((10 * 7 / 15.0) + (21 * 8 / 15.0), 1);
        GroupLabRun run = Run(options);
        run.Rounds.Average(round => (double)round.Sent.Messages / round.Calls.Count).ShouldBe(simulated.MessagesPerOperation, 1.5);
    }

    [Fact]
    public void AServerWhoseLogIsDamagedDoesNotComeBack()
    {
        GroupLabOptions options = Options("raft") with { Rounds = 1, EndsWithRestart = true, Folder = _folder };
        string log = GroupFolder.LogOf(_folder, 3);
        string message = Should.Throw<LabException>(() => SocketGroup.Run(options, TimeProvider.System, (_, doing) => Damage(log, doing))).Message;
        message.ShouldStartWith($"{log}: byte 16: group 0 is damaged; a good one follows at byte ");

        static void Damage(string log, string doing)
        {
            if (doing.StartsWith("all servers", StringComparison.Ordinal))
            {
                using FileStream file = new(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                file.Position = 40;
                int before = file.ReadByte();
                file.Position = 40;
                file.WriteByte((byte)(before ^ 1));
            }
        }
    }

    [Fact]
    public void AFolderOfAnotherRunAndOneThatCannotBeAreRefused()
    {
        File.WriteAllText(Path.Combine(_folder, "server-2.log"), "");
        Should.Throw<LabException>(() => Run(Options("abd") with { Folder = _folder })).Message.ShouldContain("server-2.log: is the log of another run");
        Should.Throw<LabException>(() => Run(Options("abd") with { Folder = Path.Combine(_folder, "server-2.log", "a") })).Message.ShouldContain("cannot be written");
        Should.Throw<ArgumentException>(() => Run(Options("abd") with { Kills = 1 })).Message.ShouldContain("a disk");
        Should.Throw<ArgumentException>(() => Run(Options("isr(2)") with { EndsWithRestart = true, Folder = _folder })).Message.ShouldContain("does not outlive all servers");
    }

    [Fact]
    public void ARunThatIsStoppedSaysWhatItHas()
    {
        using var stop = new CancellationTokenSource();
        GroupLabOptions options = Options("raft") with { OperationsEach = 100_000, Folder = _folder };
        GroupLabRun run = SocketGroup.Run(options, TimeProvider.System, (share, _) => Stop(share), stop.Token);
        run.WasInterrupted.ShouldBeTrue();
        run.Rounds.ShouldHaveSingleItem().Calls.Count.ShouldBeInRange(1, 799_999);
        run.Verdict!.Holds.ShouldBeTrue(run.Verdict.Text);

        void Stop(double share)
        {
            if (share > 0)
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>A protocol whose clients gather operations, with a registrar, flushing or not.</summary>
    [Theory]
    [InlineData("isr(2)", false)]
    [InlineData("isr-flush(2)", true)]
    public void ReplicasInSyncAnswerOverSocketsAndComeBackIfTheyFlush(string protocol, bool flushes)
    {
        GroupLabRun run = Run(Options(protocol) with { Servers = 3, Rounds = 2, RatePerSecond = 2000, EndsWithRestart = flushes, Folder = _folder });
        (run.Verdict?.Holds).ShouldBe(flushes ? true : null, run.Verdict?.Text);
        run.WasRestarted.ShouldBe(flushes);
        run.Rounds.ShouldAllBe(round => round.Calls.Count == 800 && round.Unanswered == 0);
    }

    private static GroupLabOptions Options(string protocol) => new()
    {
        Strategy = AgreementStrategies.TryParse(protocol, AgreementStrategies.WithTransactions, out AgreementStrategy? strategy, out string? problem) ? strategy : throw new ArgumentException(problem),
        Servers = 5,
        Transport = Transport.Tcp,
        Clients = 8,
        OperationsEach = 100,
        Seed = new Seed(5),
        ProbeFor = TimeSpan.FromMilliseconds(20),
    };

    private static GroupLabRun Run(GroupLabOptions options) => SocketGroup.Run(options, TimeProvider.System, (_, _) => { });
}
