namespace Headroom.Simulation.Processes;

/// <summary>
/// A process or an observer that keeps tables of its own, which all members share: it is told a little ahead which member's turn comes, and may ask for what
/// its tables keep of that member (<see cref="Hosting.CacheHint"/>). Nothing that a run gives may depend on it.
/// </summary>
public interface IForeseeing
{
    void Foresee(int member);
}
