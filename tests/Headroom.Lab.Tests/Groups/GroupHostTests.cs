using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Tests.Groups;

/// <summary>What a host owes its members: that what they say after a record leaves when the disk has it, and that the disk's records come back.</summary>
public sealed class GroupHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-").FullName;

    private string PathOfLog => Path.Combine(_folder, "a.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    public void WhatFollowsARecordLeavesWhenTheDiskHasIt(Transport transport)
    {
        var writer = new Writer();
        using var listener = new Listener();
        using (GroupHost host = Host(transport, writer, listener, life: 0))
        {
            listener.Heard.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            host.Check();
        }

        // The urgent one waits for nothing; the other found all records there, and came before what was said when the disk had told.
        listener.Messages.Select(heard => heard.Message).ShouldBe([1, 2, 3]);
        listener.Messages[1..].ShouldAllBe(heard => heard.Records == 2);
        writer.Inputs[0].ShouldBe((InputKind.Start, 0L));
        writer.Inputs[^1].ShouldBe((InputKind.Durable, 2L));

        var again = new Writer();
        using var listenerAgain = new Listener();
        using (GroupHost host = Host(transport, again, listenerAgain, life: 1))
        {
            listenerAgain.Heard.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            host.Check();
        }

        again.Inputs.ShouldBe([(InputKind.Recovery, 0L), (InputKind.Recovery, 1L), (InputKind.Recovery, -1L)]);
        again.Recovered.ShouldBe([Writer.RecordBytes, 1]);
    }

    private GroupHost Host(Transport transport, Writer writer, Listener listener, int life)
    {
        var seating = new GroupSeating(2, transport, new Seed(1), TimeProvider.System.GetTimestamp());
        listener.Log = DurableLog.Open(PathOfLog, TimeProvider.System);
        var host = new GroupHost(seating, [(0, new GroupMember(writer), listener.Log), (1, new GroupMember(listener), null)], life, null, TimeProvider.System);
        host.Meet(host.Open());
        host.Start();
        return host;
    }

    /// <summary>Writes much and says so, urgently, then in order; once it has come back it says so.</summary>
    private sealed class Writer : IGroupRole
    {
        public const int RecordBytes = 48 << 20;

        public List<(InputKind Kind, long Number)> Inputs { get; } = [];

        public List<int> Recovered { get; } = [];

        public void On(in ProcessInput input, ref Turn turn)
        {
            Inputs.Add((input.Kind, input.Number));
            if (input.Kind == InputKind.Start)
            {
                turn.Persist(new byte[RecordBytes]);
                turn.Persist([7]);
                turn.Send(1, turn.Compose([1]), urgent: true);
                turn.Send(1, turn.Compose([2]));
            }
            else if (input is { Kind: InputKind.Durable, Number: 2 } or { Kind: InputKind.Recovery, Number: -1 })
            {
                turn.Send(1, turn.Compose([3]));
            }
            else if (input.Kind == InputKind.Recovery)
            {
                Recovered.Add(input.Head.Length);
            }
        }
    }

    /// <summary>Looks, whenever it hears something, how many of the writer's records the disk has.</summary>
    private sealed class Listener : IGroupRole, IDisposable
    {
        public List<(int Message, long Records)> Messages { get; } = [];

        public DurableLog? Log { get; set; }

        public ManualResetEventSlim Heard { get; } = new();

        public void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Message)
            {
                Messages.Add((input.Head[0], Log!.Durable));
                if (input.Head[0] == 3)
                {
                    Heard.Set();
                }
            }
        }

        public void Dispose() => Heard.Dispose();
    }
}
