using Headroom.Kernel.Bounds;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.LeaderElection;

/// <summary>The ways of electing that run here, one each.</summary>
public static class LeaderElectionRegistry
{
    public static LeaderElectionStrategy ChangRoberts { get; } = new((setting, load) => SimulatedElection.Run(setting, load, member => new ChangRobertsProcess(setting.Identifiers[member], setting.Identifiers.Count)))
    {
        Name = "lelann-chang-roberts",
        Record = new LeaderElectionRecord
        {
            Summary = "identifiers travel one way round a ring, greater ones are passed on, smaller ones swallowed",
            Messages = ("(2n - 1) + n", "n H_n + n", "n(n + 1)/2 + n"),
            Regime = "n >= 2 (a member alone sends nothing); all members begin; a ring, links one way, asynchronous; nothing is lost or duplicated; nobody fails; average over all arrangements of the identifiers",
            Citation = new Citation("chang1979", "the counts of messages; n more to announce"),
        },
    };

    public static LeaderElectionStrategy HirschbergSinclair { get; } = new((setting, load) => SimulatedElection.Run(setting, load, member => new HirschbergSinclairProcess(setting.Identifiers[member], setting.Identifiers.Count)))
    {
        Name = "hirschberg-sinclair",
        Record = new LeaderElectionRecord
        {
            Summary = "identifiers go twice as far each phase, both ways round a ring, and come back if none was greater",
            Messages = ("O(n)", "O(n log n)", "8n(1 + ceil(log2 n)) + n"),
            Regime = "n >= 2; all members begin; a ring, links both ways, asynchronous; nothing is lost or duplicated; nobody fails",
            Citation = new Citation("hirschberg1980", "the bound 8n + 8 ceil(n log2 n), here by whole phases; n more to announce"),
        },
    };

    public static LeaderElectionStrategy EchoExtinction { get; } = new((setting, load) =>
    {
        Topology topology = SimulatedElection.TopologyOf(setting);
        return SimulatedElection.Run(setting, load, member => new EchoExtinctionProcess(setting.Identifiers[member], topology));
    })
    {
        Name = "echo-extinction",
        Record = new LeaderElectionRecord
        {
            Summary = "every member starts a wave with its identifier, the greatest extinguishes the others and is echoed back to its root",
            Messages = ("4|E| - d + (2|E| - n + 1), d the greatest member's links", "no closed form", "2|E| n + (2|E| - n + 1)"),
            Regime = "all members begin at once; a connected graph, links both ways, asynchronous; nothing is lost or duplicated; nobody fails",
            Citation = new Citation("tel2000", "extinction applied to the echo algorithm; announced by flooding"),
        },
    };

    public static LeaderElectionStrategy FloodMax { get; } = new((setting, load) =>
    {
        Topology topology = SimulatedElection.TopologyOf(setting);
        int diameter = FloodMaxProcess.Diameter(topology);
        return SimulatedElection.Run(setting, load, member => new FloodMaxProcess(setting.Identifiers[member], topology, diameter));
    })
    {
        Name = "flood-max",
        Record = new LeaderElectionRecord
        {
            Summary = "in each of as many rounds as the diameter has links, every member tells its neighbours the greatest identifier that it has heard",
            Messages = ("2|E| D", "2|E| D", "2|E| D, D the diameter in links; nothing is announced"),
            Regime = "all members begin; a connected graph, links both ways, whose diameter all know; asynchronous (a member's round ends when all its neighbours' messages of it are in); nothing is lost or duplicated; nobody fails",
            Citation = new Citation("lynch1996", "section 4.1"),
        },
    };

    public static LeaderElectionStrategy Bully { get; } = new((setting, load) => SimulatedElection.Run(setting, load, member => new BullyProcess(setting.Identifiers, member, setting.RoundTripNs)))
    {
        Name = "bully",
        Record = new LeaderElectionRecord
        {
            Summary = "a member asks all with greater identifiers; who gets no answer leads and tells those below",
            Messages = ("n - 1: the second notices that the first crashed, or the first begins", "depends on who notices", "n^2 - 1 when the lowest notices, all live and all delays are equal; O(n^2) for each that notices"),
            Regime = "all reach all; a round trip takes no longer than is assumed; messages to the living arrive; any number of members crash, and come back",
            Citation = new Citation("garciamolina1982", "the bully algorithm"),
        },
    };

    public static IReadOnlyList<LeaderElectionStrategy> All { get; } = [ChangRoberts, HirschbergSinclair, EchoExtinction, FloodMax, Bully];
}
