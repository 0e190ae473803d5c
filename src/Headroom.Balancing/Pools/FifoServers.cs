using System.Runtime.CompilerServices;
using Headroom.Balancing.Dispatch;
using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Pools;

/// <summary>
/// c servers of one speed, each in order of arrival. With such servers a job's departure is known when it is dispatched
/// (Lindley: it starts when it arrives or when the job before it leaves), so that a run is one pass over the jobs.
/// </summary>
public static class FifoServers
{
    /// <summary>Runs the jobs in order from idle servers and writes their sojourn times. Exact up to the rounding of the clock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TPolicy>(
        ref TPolicy policy, ReadOnlySpan<double> gapsS, ReadOnlySpan<double> sizesS, Span<double> freeAtS, ref RandomStream random, Span<double> sojournsS)
        where TPolicy : struct, IDispatchPolicy
    {
        ArgumentOutOfRangeException.ThrowIfZero(freeAtS.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sizesS.Length, gapsS.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sojournsS.Length, gapsS.Length);
        policy.Start(freeAtS.Length, gapsS.Length);
        freeAtS.Clear();
        double nowS = 0;
        for (int job = 0; job < gapsS.Length; job++)
        {
            nowS += gapsS[job];
            int server = policy.Choose(nowS, freeAtS, ref random);
            double departureS = Math.Max(nowS, freeAtS[server]) + sizesS[job];
            freeAtS[server] = departureS;
            policy.Dispatched(server, job, departureS);
            sojournsS[job] = departureS - nowS;
        }
    }
}
