using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Tests.Groups;

/// <summary>Groups that agree, over real sockets, with real files.</summary>
public sealed class SocketGroupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-").FullName;

    public static TheoryData<string, Transport> All()
    {
        var cases = new TheoryData<string, Transport>();
        foreach ((string name, _, _) in GroupProtocols.All)
        {
            cases.Add(name, Transport.Tcp);
            cases.Add(name, Transport.Udp);
        }

        return cases;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The leader dies twice amid the run and comes back from its log; in the end all die at once. What clients were told stays true.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void NothingAcknowledgedIsLostWhenServersDieAndComeBack(string protocol, Transport transport)
    {
        GroupLabRun run = Run(Options(protocol, new GroupWork { TimeoutNs = 250_000_000 }) with { Transport = transport, Kills = 2, EndsWithRestart = true, Folder = _folder });
        run.Verdict.Holds.ShouldBeTrue(run.Verdict.Text);
        run.Killed.Count.ShouldBe(2);
        (run.WasRestarted, run.WasInterrupted).ShouldBe((true, false));
        run.Rounds.Sum(round => round.Calls.Count).ShouldBeGreaterThan(3500);
        run.Rounds.ShouldAllBe(round => round.Logs.Flushes > 0 && round.Alone.Flushes > 0 && round.Together.Flushes >= 5);
        // A life's log goes on where the one before ended.
        LogReader.Read(GroupFolder.LogOf(_folder, run.Killed[0])).Damage.ShouldBeNull();
    }

    /// <summary>Without reads that wait for one another nothing but heartbeats goes by the clock.</summary>
    [Theory]
    [InlineData("raft", 0, 10)]
    [InlineData("abd", 0, 20)]
    [InlineData("abd", 50, 20)]
    public void MessagesOfAnOperationAreThoseOfTheSimulator(string protocol, int reads, double expected)
    {
        GroupLabOptions options = Options(protocol, new GroupWork { ReadsPercent = reads }) with { Clients = 1, OperationsEach = 300 };
        (WireCounts sent, long answered) = SimulatedGroup.Run(options, new Seed(5), CancellationToken.None);
        answered.ShouldBe(300);
        ((double)sent.Messages / answered).ShouldBe(expected, 0.3);
        GroupLabRun run = Run(options);
        double executed = run.Rounds.Average(round => (double)round.Sent.Messages / round.Calls.Count);
        executed.ShouldBe(expected, 0.6);
        double bytes = run.Rounds.Average(round => (double)round.Sent.Bytes / round.Calls.Count);
        bytes.ShouldBe((double)sent.Bytes / answered, 0.06 * sent.Bytes / answered);
    }

    [Fact]
    public void AServerWhoseLogIsDamagedDoesNotComeBack()
    {
        GroupLabOptions options = Options("raft", new GroupWork()) with { Rounds = 1, EndsWithRestart = true, Folder = _folder };
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
        Should.Throw<LabException>(() => Run(Options("abd", new GroupWork()) with { Folder = _folder })).Message.ShouldContain("server-2.log: is the log of another run");
        Should.Throw<LabException>(() => Run(Options("abd", new GroupWork()) with { Folder = Path.Combine(_folder, "server-2.log", "a") })).Message.ShouldContain("cannot be written");
        Should.Throw<ArgumentException>(() => Run(Options("abd", new GroupWork()) with { Kills = 1 })).Message.ShouldContain("a disk");
    }

    [Fact]
    public void ARunThatIsStoppedSaysWhatItHas()
    {
        using var stop = new CancellationTokenSource();
        GroupLabOptions options = Options("raft", new GroupWork()) with { OperationsEach = 100_000, Folder = _folder };
        GroupLabRun run = SocketGroup.Run(options, TimeProvider.System, (share, _) => Stop(share), stop.Token);
        run.WasInterrupted.ShouldBeTrue();
        run.Rounds.ShouldHaveSingleItem().Calls.Count.ShouldBeInRange(1, 799_999);
        run.Verdict.Holds.ShouldBeTrue(run.Verdict.Text);

        void Stop(double share)
        {
            if (share > 0)
            {
                stop.Cancel();
            }
        }
    }

    private static GroupLabOptions Options(string protocol, GroupWork work) => new()
    {
        Protocol = GroupProtocols.All.First(entry => entry.Name == protocol).Make(5, work),
        Transport = Transport.Tcp,
        Clients = 8,
        OperationsEach = 100,
        Seed = new Seed(5),
        ProbeFor = TimeSpan.FromMilliseconds(20),
    };

    private static GroupLabRun Run(GroupLabOptions options) => SocketGroup.Run(options, TimeProvider.System, (_, _) => { });
}
