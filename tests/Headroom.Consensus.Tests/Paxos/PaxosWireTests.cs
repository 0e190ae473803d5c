using Headroom.Consensus.Paxos;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Paxos;

public sealed class PaxosWireTests
{
    private static readonly Ballot Some = new(300, 4);

    private static readonly PaxosMessage[] Messages =
    [
        new(PaxosVerb.Probe, Number: 9),
        new(PaxosVerb.ProbeAnswer, Some, Number: 9),
        new(PaxosVerb.Prepare, Some, 12),
        new(PaxosVerb.Promise, Some, 12, 40, 11, 200),
        new(PaxosVerb.Accept, Some, 12, 11),
        new(PaxosVerb.Accepted, Some, 12, Number: 3),
        new(PaxosVerb.Refused, Some),
        new(PaxosVerb.Heartbeat, Some, Committed: 1234, Number: 77),
        new(PaxosVerb.HeartbeatAnswer, Some, Number: 77),
        new(PaxosVerb.Ask, Slot: 5),
        new(PaxosVerb.Chosen, Slot: 5),
        new(PaxosVerb.Snapshot, Slot: 5),
    ];

    [Fact]
    public void EveryMessageReadsBackAndNoPartOfItDoes()
    {
        Messages.Select(message => message.Verb).ShouldBe(Enum.GetValues<PaxosVerb>().Skip(1));
        foreach (PaxosMessage message in Messages)
        {
            byte[] bytes = Write(message);
            var entries = new List<PaxosEntry>();
            PaxosWire.TryRead(bytes, entries, out PaxosMessage read).ShouldBeTrue(message.ToString());
            read.ShouldBe(message);
            entries.Count.ShouldBe(HasEntries(message.Verb) ? 3 : message.Verb == PaxosVerb.Snapshot ? 1 : 0);
            if (HasEntries(message.Verb))
            {
                entries[0].Value.ShouldBe([1, 2]);
                entries[1].Value.ShouldBe([]);
                (entries[2].Value is null).ShouldBe(message.Verb == PaxosVerb.Promise);
                entries[0].Ballot.ShouldBe(message.Verb == PaxosVerb.Promise ? Some : default);
            }

            for (int length = 0; length < bytes.Length && message.Verb != PaxosVerb.Snapshot; length++)
            {
                PaxosWire.TryRead(bytes.AsSpan(0, length), entries, out _).ShouldBeFalse($"{message} cut to {length}");
            }
        }
    }

    [Fact]
    public void AnyBytesAreReadOrRefusedAndNeverMore()
    {
        RandomStream random = new Seed(5).Stream();
        var entries = new List<PaxosEntry>();
        byte[] bytes = new byte[40];
        for (int i = 0; i < 20_000; i++)
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)random.Below(256);
            }

            bytes[0] = (byte)random.Below(16);
            if (PaxosWire.TryRead(bytes.AsSpan(0, 1 + random.Below(40)), entries, out PaxosMessage message))
            {
                message.Slot.ShouldBeGreaterThanOrEqualTo(0);
                entries.Sum(entry => entry.Value?.Length ?? 0).ShouldBeLessThan(40);
            }
        }
    }

    private static bool HasEntries(PaxosVerb verb) => verb is PaxosVerb.Promise or PaxosVerb.Accept or PaxosVerb.Chosen;

    private static byte[] Write(in PaxosMessage message)
    {
        byte[] room = new byte[256];
        VarintWriter writer = PaxosWire.Write(room, message);
        if (HasEntries(message.Verb))
        {
            bool isPromise = message.Verb == PaxosVerb.Promise;
            PaxosWire.WriteEntries(ref writer, [new PaxosEntry(Some, [1, 2]), new PaxosEntry(default, []), new PaxosEntry(default, isPromise ? null : [3])], isPromise);
        }

        return room[..writer.Length];
    }
}
