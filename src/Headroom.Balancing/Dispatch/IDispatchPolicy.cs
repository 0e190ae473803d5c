using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Dispatch;

/// <summary>
/// Which of c equal servers a job goes to, each serving in order of arrival. Policies are mutable structs, so that the simulator's loop is
/// compiled for each of them; they allocate at <see cref="Start"/> only.
/// </summary>
public interface IDispatchPolicy
{
    /// <summary>Forgets everything: so many idle servers, at most so many jobs to come.</summary>
    void Start(int servers, int jobs);

    /// <summary>The server for a job that arrives now, at which each server has worked off all it was given by the time in <paramref name="freeAtS"/>.</summary>
    int Choose(double nowS, ReadOnlySpan<double> freeAtS, ref RandomStream random);

    /// <summary>The job (counted from 0) went there and will leave then.</summary>
    void Dispatched(int server, int job, double departureS);
}
