using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>How many copies were dropped for which cause.</summary>
public record struct DropCounts(long Loss, long Overflow, long Cut, long ReceiverDown)
{
    public readonly long Total => Loss + Overflow + Cut + ReceiverDown;

    public readonly long this[DropCause cause] => cause switch
    {
        DropCause.Loss => Loss,
        DropCause.Overflow => Overflow,
        DropCause.Cut => Cut,
        DropCause.ReceiverDown => ReceiverDown,
        _ => 0,
    };

    public void Count(DropCause cause)
    {
        switch (cause)
        {
            case DropCause.Loss:
                Loss++;
                break;
            case DropCause.Overflow:
                Overflow++;
                break;
            case DropCause.Cut:
                Cut++;
                break;
            case DropCause.ReceiverDown:
                ReceiverDown++;
                break;
        }
    }
}
