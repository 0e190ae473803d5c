using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>What the router counts of payloads, message by message.</summary>
public sealed class SpreadRecorderTests
{
    private static readonly Address First = new(AddressKind.Node, 0);
    private static readonly Address Last = new(AddressKind.Node, 2);

    [Fact]
    public void CopiesAreCountedByValueAndThoseByWayOfServicesToo()
    {
        var spread = new SpreadRecorder(OfferedTopology.Of("line", 3));
        spread.Issued(0, 0, 0);
        spread.Issued(1, 0, 0);
        spread.Sent(Message(First, new Address(AddressKind.Service, 0), 0));
        spread.Sent(Message(First, new Address(AddressKind.Node, 1), 0, 1));
        spread.Sent(Message(new Address(AddressKind.Service, 0), Last));
        SpreadMeasure measure = spread.Measure(2, _ => 1);
        (measure.Copies, measure.PayloadsPerMessageMax, measure.ThroughServices, measure.OffTopology).ShouldBe((3, 2, 1, 0));
        // Through a service every node is one hop away.
        measure.Timings.ShouldAllBe(timing => timing.EccentricityHops == 1);
    }

    [Fact]
    public void AWayIsOverWhenEveryNodeHasThePayload()
    {
        var spread = new SpreadRecorder(OfferedTopology.Of("line", 3));
        spread.Issued(0, 0, 1_000_000);
        spread.Received(Message(First, new Address(AddressKind.Node, 1), 0), 5_000_000);
        spread.Measure(1, _ => 1).Timings[0].LatencyMs.ShouldBeNull();
        spread.Received(Message(new Address(AddressKind.Node, 1), Last, 0), 9_000_000);
        spread.Received(Message(First, Last, 0), 30_000_000);
        PayloadTiming timing = spread.Measure(1, _ => 1).Timings[0];
        timing.LatencyMs.ShouldBe(8);
        timing.EccentricityHops.ShouldBe(2);
        spread.Sent(Message(First, Last, 0));
        spread.Measure(1, _ => 1).OffTopology.ShouldBe(1);
    }

    private static WireMessage Message(Address from, Address to, params int[] payloads) => new() { From = from, To = to, Body = default, Payloads = payloads };
}
