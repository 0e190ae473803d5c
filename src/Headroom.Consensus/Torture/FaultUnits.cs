using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>A plan's faults in units that make sense alone: each with what ends it, if something does.</summary>
internal static class FaultUnits
{
    /// <summary>These places of the plan, each in one unit; units stand by their first fault.</summary>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<Fault> plan, IReadOnlyList<int> places)
    {
        var units = new List<List<int>>();
        var open = new Dictionary<(FaultKind Begun, int Member, int Peer), List<int>>();
        foreach (int place in places)
        {
            Fault fault = plan[place];
            var ending = (Begun(fault), fault.Member, fault.Peer);
            if (IsEnd(fault) && open.Remove(ending, out List<int>? unit))
            {
                unit.Add(place);
                continue;
            }

            units.Add([place]);
            if (!IsEnd(fault))
            {
                open[ending] = units[^1];
            }
        }

        return [.. units.Select(unit => unit.ToArray())];
    }

    private static bool IsEnd(in Fault fault) => fault.Kind switch
    {
        FaultKind.Restart or FaultKind.Resume or FaultKind.Join or FaultKind.LinkUp or FaultKind.Mend or FaultKind.Unite => true,
        FaultKind.Slow => fault.DelayNs == 0,
        FaultKind.Loss => fault.Share == 0,
        _ => false,
    };

    /// <summary>The kind that a fault begins or ends, one for all ways to crash.</summary>
    private static FaultKind Begun(in Fault fault) => fault.Kind switch
    {
        FaultKind.TornCrash or FaultKind.CrashWithMemory or FaultKind.Restart => FaultKind.Crash,
        FaultKind.Resume => FaultKind.Pause,
        FaultKind.Join => FaultKind.Leave,
        FaultKind.LinkUp => FaultKind.LinkDown,
        FaultKind.Mend => FaultKind.Cut,
        FaultKind.Unite => FaultKind.Partition,
        FaultKind kind => kind,
    };
}
