using System.Diagnostics;
using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Tests.Groups;

/// <summary>Datagrams between two members whose link is slow, uneven and loses: each of the three is seen at the receiver, and none where it is not asked for.</summary>
public sealed class GroupLinksTests
{
    private const int Datagrams = 200;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);
    private static readonly Jitter Uneven = new(JitterShape.Exponential, 10_000_000);

    [Fact]
    public void LatencyDelaysEveryDatagramAndKeepsTheirOrder()
    {
        Heard[] heard = Run(new GroupLinks((long)Latency.TotalNanoseconds));
        heard.Length.ShouldBe(Datagrams);
        heard.ShouldAllBe(datagram => datagram.After >= Latency);
        Overtaken(heard).ShouldBe(0);
    }

    [Fact]
    public void JitterLetsLaterDatagramsOvertake()
    {
        Heard[] heard = Run(new GroupLinks((long)Latency.TotalNanoseconds, Uneven));
        heard.Length.ShouldBe(Datagrams);
        heard.ShouldAllBe(datagram => datagram.After >= Latency);
        Overtaken(heard).ShouldBeGreaterThan(Datagrams / 4);
    }

    /// <summary>The sending host draws by its seed: the same are lost again. Of 200 at one in five 40 are lost on average, with a deviation of 5.7: 8 to 76 is more than five of them on both sides.</summary>
    [Fact]
    public void LossTakesTheSameDatagramsAgain()
    {
        var links = new GroupLinks(0, Uneven, 0.2);
        int[] first = [.. Run(links).Select(datagram => datagram.Number).Order()];
        first.Length.ShouldBeInRange(Datagrams - 76, Datagrams - 8);
        Run(links).Select(datagram => datagram.Number).Order().ShouldBe(first);
    }

    private static int Overtaken(Heard[] heard) => heard.Zip(heard.Skip(1)).Count(pair => pair.Second.Number < pair.First.Number);

    private static Heard[] Run(GroupLinks links)
    {
        var seating = new GroupSeating(2, Transport.Udp, new Seed(3), TimeProvider.System.GetTimestamp(), links);
        var listener = new Listener();
        using (var host = new GroupHost(seating, [(0, new GroupMember(new Speaker()), null), (1, new GroupMember(listener), null)], 0, null, TimeProvider.System))
        {
            host.Meet(host.Open());
            host.Start();
            listener.WaitUntilQuiet();
            host.Check();
        }

        return listener.All;
    }

    private readonly record struct Heard(int Number, TimeSpan After);

    /// <summary>Says all it has to say at once.</summary>
    private sealed class Speaker : IGroupRole
    {
        public void On(in ProcessInput input, ref Turn turn)
        {
            for (byte number = 0; input.Kind == InputKind.Start && number < Datagrams; number++)
            {
                turn.Send(1, turn.Compose([number]));
            }
        }
    }

    private sealed class Listener : IGroupRole
    {
        private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
        private readonly long _began = Stopwatch.GetTimestamp();
        private readonly List<Heard> _heard = [];

        public Heard[] All
        {
            get
            {
                lock (_heard)
                {
                    return [.. _heard];
                }
            }
        }

        public void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Message)
            {
                lock (_heard)
                {
                    _heard.Add(new Heard(input.Head[0], Stopwatch.GetElapsedTime(_began)));
                }
            }
        }

        /// <summary>Waits until something and then, for a second, nothing more was heard.</summary>
        public void WaitUntilQuiet()
        {
            int known = -1;
            while (Stopwatch.GetElapsedTime(_began) < Longest && (known <= 0 || known != All.Length))
            {
                known = All.Length;
                Thread.Sleep(Quiet);
            }
        }
    }
}
