using Headroom.Consensus.LeaderElection;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Every way of electing that this kind of activity compares, as people write it.</summary>
internal static class ElectionWays
{
    private static readonly StrategyForm RaftForm = new("raft", "Raft: whoever hears nothing for a random time, in milliseconds, asks for votes, a majority's make it leader",
        new StrategyParameter("least-ms", 1, 3_600_000) { Default = 150, IsWhole = false }, new StrategyParameter("greatest-ms", 1, 3_600_000) { Default = 300, IsWhole = false });

    private static readonly (StrategyForm Form, LeaderElectionStrategy Strategy)[] Members =
    [
        Of("bully", LeaderElectionRegistry.Bully),
        Of("chang-roberts", LeaderElectionRegistry.ChangRoberts),
        Of("hirschberg-sinclair", LeaderElectionRegistry.HirschbergSinclair),
        Of("echo-extinction", LeaderElectionRegistry.EchoExtinction),
        Of("flood-max", LeaderElectionRegistry.FloodMax),
    ];

    public static IReadOnlyList<StrategyForm> Forms { get; } = [.. Members.Select(entry => entry.Form), RaftForm];

    public static ElectionWay Of(StrategyCall call) =>
        call.Form == RaftForm ? new RaftElection(call[0], call[1]) : new MemberElection(call.Name, Members.First(entry => entry.Form == call.Form).Strategy);

    /// <summary>All that can run over these links; Raft with timeouts from the stated one to twice that.</summary>
    public static IEnumerable<ElectionWay> Usual(CoordinateLinks links, double timeOutMs) =>
        Members.Select(entry => (ElectionWay)new MemberElection(entry.Form.Name, entry.Strategy)).Append(new RaftElection(timeOutMs, 2 * timeOutMs)).Where(way => way.Problem(links) is null);

    private static (StrategyForm Form, LeaderElectionStrategy Strategy) Of(string name, LeaderElectionStrategy strategy) => (new StrategyForm(name, strategy.Record.Summary), strategy);
}
