namespace Headroom.Queueing.Models;

/// <summary>Means of a queue: steady, or growing without limit. An overloaded queue is a fact about a system, not an error.</summary>
public abstract record QueueMeans
{
    private QueueMeans()
    {
    }

    /// <summary>Offered work over capacity; may exceed 1.</summary>
    public abstract double Utilisation { get; init; }

    /// <summary>The mean sojourn time; infinite when unstable.</summary>
    public double SojournS => this is Steady steady ? steady.MeanSojournS : double.PositiveInfinity;

    /// <summary>From waiting time and service time by Little's law: L = lambda T, Lq = lambda W.</summary>
    public static QueueMeans Of(double utilisation, double arrivalsPerS, double waitS, double serviceS) =>
        new Steady(utilisation, waitS, waitS + serviceS, arrivalsPerS * waitS, arrivalsPerS * (waitS + serviceS));

    public static QueueMeans Overloaded(double utilisation) => new Unstable(utilisation);

    public sealed record Steady(double Utilisation, double MeanWaitS, double MeanSojournS, double MeanWaiting, double MeanPresent) : QueueMeans
    {
        public override double Utilisation { get; init; } = Utilisation;
    }

    /// <summary>No steady state: the backlog grows without limit.</summary>
    public sealed record Unstable(double Utilisation) : QueueMeans
    {
        public override double Utilisation { get; init; } = Utilisation;
    }
}
