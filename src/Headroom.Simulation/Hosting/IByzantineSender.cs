namespace Headroom.Simulation.Hosting;

/// <summary>
/// Stands between a faulty member and the network: for each copy that the member's process sends, it decides what really leaves. Doing nothing drops the copy.
/// What it sends carries the member's own number: identities cannot be forged, everything else can.
/// </summary>
public interface IByzantineSender
{
    void Send(in ByzantineTurn turn);
}
