namespace Headroom.Simulation.Hosting;

/// <summary>The inputs that wait for a member that is paused or slow, in order.</summary>
internal sealed class Inbox
{
    public Queue<(EventKind Kind, int Argument)> Inputs { get; } = new();

    /// <summary>Time that an input takes.</summary>
    public long DelayNs { get; set; }

    /// <summary>An event that takes the next input in is scheduled, for this life.</summary>
    public bool IsWorking { get; set; }

    public int Life { get; set; }
}
