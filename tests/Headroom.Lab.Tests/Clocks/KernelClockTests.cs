using Headroom.Kernel.Findings;
using Headroom.Lab.Clocks;

namespace Headroom.Lab.Tests.Clocks;

/// <summary>This machine's clock tells its uncertainty, or why not.</summary>
public sealed class KernelClockTests
{
    [Fact]
    public void ThisMachineTellsAnUncertaintyOrAReason()
    {
        KernelClockReading reading = KernelClock.Read();
        (reading.UncertaintyNs is null).ShouldBe(reading.Reason is not null);
        if (reading.UncertaintyNs is { } uncertainty)
        {
            uncertainty.Provenance.Kind.ShouldBe(ProvenanceKind.Executed);
            uncertainty.Value.ShouldBeInRange(0, 16e9);
        }
        else
        {
            reading.Reason!.Length.ShouldBeGreaterThan(10);
        }
    }

    [Fact]
    public void ASynchronisedKernelStatesItsBound()
    {
        KernelClockReading reading = KernelClock.Decode(0, [0, -1200, 0, 2_500, 120, 0x2001, 7, 1]);
        reading.UncertaintyNs!.Value.ShouldBe(2_500_000);
        (reading.Reason, reading.MostUs, reading.EstimatedUs).ShouldBe((null, 2_500, 120));
    }

    [Theory]
    [InlineData(5, 0x2001)]
    [InlineData(0, 0x40)]
    public void AnUnsynchronisedKernelHasNoUncertaintyToState(int state, long status)
    {
        KernelClockReading reading = KernelClock.Decode(state, [0, 0, 0, 16_000_000, 16_000_000, status, 2, 1]);
        reading.UncertaintyNs.ShouldBeNull();
        reading.Reason!.ShouldContain("unsynchronised");
    }
}
