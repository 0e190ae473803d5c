using Headroom.Consensus.Histories;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Torture;

/// <summary>Judges what clients saw, run after run, in memory that is used again. One thread's.</summary>
public sealed class HistoryJudge
{
    private readonly HistoryBuilder _builder = new() { Form = ValueForm.Texts };
    private readonly LinearizabilityChecker _first = ModelRegistry.KeyValue.Checker(new LinearizabilityOptions { WantsWitness = false, WantsSmallest = false, StepsMax = 1_000_000 });
    private readonly LinearizabilityChecker _checker = ModelRegistry.KeyValue.Checker(new LinearizabilityOptions { WantsWitness = false, StepsMax = 4_000_000, ShrinkStepsMax = 200_000 });

    public (LinearizabilityResult Result, History History) Judge(IReadOnlyList<KeyValueClient> clients)
    {
        History history = ClientHistory.Of(clients, _builder, withUnseen: false);
        LinearizabilityResult result = _first.Check(history);
        if (result.Verdict != LinearizabilityVerdict.Linearizable)
        {
            history = ClientHistory.Of(clients, _builder);
            result = _checker.Check(history);
        }

        return (result, history);
    }
}
