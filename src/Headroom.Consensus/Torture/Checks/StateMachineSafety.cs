using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>All members apply the same entries in the same order, none before it is committed, and so have the same state [ongaro2014, figure 3.2].</summary>
public sealed class StateMachineSafety(CommitLedger ledger) : TortureCheck
{
    private readonly Dictionary<int, long> _applied = [];
    private readonly Dictionary<long, byte[]> _states = [];

    public override string Name => "state-machine safety";

    public override string Statement => "members apply committed entries only, in order, the same at each index, and their states after an index are the same";

    public override void Started(int member, RaftCore core, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(core);
        _applied[member] = core.FirstIndex - 1;
    }

    public override void Applied(int member, in RaftEntry entry, long nowNs)
    {
        if (entry.Index != _applied[member] + 1)
        {
            Report(nowNs, $"member {member} applied index {entry.Index} after {_applied[member]}");
        }

        _applied[member] = entry.Index;
        if (entry.Index > ledger.Last)
        {
            Report(nowNs, $"member {member} applied index {entry.Index}, and nobody holds more than {ledger.Last} for committed");
        }
        else if (ledger[entry.Index].Digest != CommitLedger.DigestOf(entry))
        {
            Report(nowNs, $"member {member} applied another entry at index {entry.Index} than was committed there");
        }
    }

    public override void Saved(int member, RaftSnapshot snapshot, bool isOwn, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        byte[] state = snapshot.Data.ToArray();
        if (!isOwn)
        {
            _applied[member] = snapshot.Index;
        }

        if (!_states.TryAdd(snapshot.Index, state) && !_states[snapshot.Index].AsSpan().SequenceEqual(state))
        {
            Report(nowNs, $"member {member}'s state after index {snapshot.Index} differs from another's");
        }
    }
}
