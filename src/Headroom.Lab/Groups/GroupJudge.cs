using Headroom.Consensus.Agreements;
using Headroom.Consensus.Groups;
using Headroom.Consensus.Histories;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Consensus.Quorum;
using Headroom.Consensus.Torture;
using Headroom.Consensus.TrueTime;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Groups;

/// <summary>Judges what all clients of a run saw.</summary>
internal static class GroupJudge
{
    /// <summary>Null where no linearizable history is promised, or clients keep none.</summary>
    public static GroupVerdict? Of(AgreementStrategy strategy, IReadOnlyList<IGroupClient> clients)
    {
        if (!strategy.IsLinearizable)
        {
            return null;
        }

        if (clients.All(client => client is KeyValueClient))
        {
            (LinearizabilityResult result, History history) = new HistoryJudge().Judge([.. clients.Cast<KeyValueClient>()]);
            return Verdict(result, history.Operations.Length);
        }

        if (TransactionHistory.Judge(clients) is { } transactions)
        {
            return new GroupVerdict(transactions.Holds, transactions.Text);
        }

        if (!clients.All(client => client is RegisterClient))
        {
            return null;
        }

        History registers = RegisterHistory.Of([.. clients.Cast<RegisterClient>()]);
        LinearizabilityChecker checker = ModelRegistry.Register.Checker(new LinearizabilityOptions { WantsWitness = false, StepsMax = 4_000_000, ShrinkStepsMax = 200_000 });
        return Verdict(checker.Check(registers), registers.Operations.Length);
    }

    /// <summary>Whether what clients were answered is on the disks of servers that are gone; null where disks do not tell.</summary>
    /// <exception cref="LabException">A log cannot be read, or is damaged.</exception>
    public static GroupVerdict? OfDisks(GroupLabOptions options, IReadOnlyList<IGroupClient> clients)
    {
        var durable = new List<IReadOnlyList<ReadOnlyMemory<byte>>>();
        for (int member = 0; member < options.Servers; member++)
        {
            string log = GroupFolder.LogOf(options.Folder!, member);
            LogReading reading = LogReader.Read(log);
            durable.Add(reading.Damage is { } damage ? throw new LabException($"{log}: {damage}") : reading.Records);
        }

        return options.Strategy.Judge(durable, clients) is { } verdict ? new GroupVerdict(verdict.Holds, verdict.Text) : null;
    }

    private static GroupVerdict Verdict(LinearizabilityResult result, int operations) => result.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => new GroupVerdict(true, $"the clients' history of {operations} operations is linearizable"),
        LinearizabilityVerdict.NotLinearizable => new GroupVerdict(false, $"the clients' history of {operations} operations is not linearizable: {result.Failure!.Smallest.Count} of them have no order that a single copy could have lived through"),
        _ => new GroupVerdict(false, $"the clients' history of {operations} operations was not decided within the checker's budget"),
    };
}
