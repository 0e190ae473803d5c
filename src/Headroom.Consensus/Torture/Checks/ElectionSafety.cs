using Headroom.Consensus.Raft;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>At most one leader a term [ongaro2014, figure 3.2].</summary>
public sealed class ElectionSafety : TortureCheck
{
    private readonly Dictionary<long, int> _leaders = [];

    public override string Name => "election safety";

    public override string Statement => "in a term at most one member is elected leader";

    public override void Elected(int member, RaftCore core, long nowNs)
    {
        if (!_leaders.TryAdd(core.Term, member) && _leaders[core.Term] != member)
        {
            Report(nowNs, $"members {_leaders[core.Term]} and {member} were both elected in term {core.Term}");
        }
    }
}
