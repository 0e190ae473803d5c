using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>The members of a torture's runs: servers come first, and after them those that are reached through the same network and are not struck themselves.</summary>
/// <param name="Servers">How many servers.</param>
/// <param name="Names">What each member is, servers too.</param>
/// <param name="ClientsMayCrash">Others than servers may crash, for good.</param>
public sealed record TortureRoles(int Servers, IReadOnlyList<string> Names, bool ClientsMayCrash = false)
{
    /// <summary>Servers, then a role of which there is one, if any, then clients.</summary>
    public static TortureRoles Of(int servers, string? single, int clients, string client = "client", bool clientsMayCrash = false) => new(servers,
    [
        .. Enumerable.Range(0, servers).Select(i => $"server {i}"),
        .. single is null ? (string[])[] : [single],
        .. Enumerable.Range(0, clients).Select(i => $"{client} {i}"),
    ], clientsMayCrash);

    /// <summary>What in a plan no run can take in, as a sentence; null for nothing.</summary>
    public string? Problem(FaultPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (Fault fault in plan.Faults)
        {
            if (fault.Kind is FaultKind.Join or FaultKind.Leave)
            {
                return $"'{fault}': who loses its records and keeps its number is none that the protocol knows; members crash and restart";
            }

            bool isOfLinks = fault.Member < Servers || fault.Kind is FaultKind.Cut or FaultKind.Mend or FaultKind.LinkDown or FaultKind.LinkUp;
            bool isLastCrash = ClientsMayCrash && fault.Kind == FaultKind.Crash && !plan.Faults.Any(other => other.Kind == FaultKind.HealCore && other.Sets![0].Contains(fault.Member));
            if (!isOfLinks && !isLastCrash)
            {
                return $"'{fault}': member {fault.Member} is {Names[fault.Member]}; {(ClientsMayCrash ? "it may crash, if no core has it, and its links may fail" : "only its links may fail")}; servers are 0 to {Servers - 1}";
            }
        }

        return null;
    }
}
