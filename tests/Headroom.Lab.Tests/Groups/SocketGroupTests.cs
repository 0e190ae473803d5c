using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Tests.Groups;

/// <summary>Groups that agree, over real sockets, with real files.</summary>
public sealed class SocketGroupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The leader dies amid the run and comes back from its log; in the end all die together. What clients were told stays true.</summary>
    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    public void NothingAcknowledgedIsLostWhenLeadersDieAndComeBack(Transport transport)
    {
        GroupLabRun run = Run(Options(new RaftProtocol(5, new GroupWork())) with { Transport = transport, Kills = 2, EndsWithRestart = true, Folder = _folder });
        run.Verdict.Holds.ShouldBeTrue(run.Verdict.Text);
        run.Killed.Count.ShouldBe(2);
        run.WasRestarted.ShouldBeTrue();
        run.Rounds.Sum(round => round.Calls.Count).ShouldBeGreaterThan(3500);
        run.Rounds.ShouldAllBe(round => round.Logs.Flushes > 0 && round.Probe.Flushes > 0);
    }

    private static GroupLabOptions Options(GroupProtocol protocol) => new()
    {
        Protocol = protocol,
        Transport = Transport.Tcp,
        Clients = 8,
        OperationsEach = 100,
        Seed = new Seed(5),
        ProbeFor = TimeSpan.FromMilliseconds(20),
    };

    private static GroupLabRun Run(GroupLabOptions options) => SocketGroup.Run(options, TimeProvider.System, (_, _) => { });
}
