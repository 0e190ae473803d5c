using Headroom.Consensus.Groups;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Consensus.Quorum;

namespace Headroom.Lab.Groups;

/// <summary>Registers over majorities without a leader [attiya1995].</summary>
public sealed class RegisterProtocol : GroupProtocol
{
    private readonly GroupWork _work;
    private readonly RegisterOptions _options;

    public RegisterProtocol(int servers, GroupWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Validate();
        _work = work;
        _options = new RegisterOptions { Servers = servers, Registers = work.Keys, RetryNs = work.TimeoutNs };
        _options.Validate();
    }

    public override string Name => "abd";

    public override int Servers => _options.Servers;

    public override int Keys => _work.Keys;

    public override int CrashesMax => _options.CrashesMax;

    public override GroupMember Server(int member) => new(new RegisterServer(_options));

    public override GroupClients Clients(int first, int count, int operations, bool onlyRead)
    {
        var working = new RegisterClientOptions { Operations = operations, PauseNs = 0, ReadsPercent = onlyRead ? 100 : _work.ReadsPercent };
        return new Readers([.. Enumerable.Range(first, count).Select(member => new RegisterClient(_options, working, member))]);
    }

    public override GroupVerdict Judge(IReadOnlyList<GroupClients> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        History history = RegisterHistory.Of([.. clients.SelectMany(some => ((Readers)some).Of)]);
        LinearizabilityChecker checker = ModelRegistry.Register.Checker(new LinearizabilityOptions { WantsWitness = false, StepsMax = 4_000_000, ShrinkStepsMax = 200_000 });
        return RaftProtocol.Verdict(checker.Check(history), history.Operations.Length);
    }

    private sealed class Readers(RegisterClient[] clients) : GroupClients
    {
        public IReadOnlyList<RegisterClient> Of => clients;

        public override IReadOnlyList<GroupMember> Members { get; } = [.. clients.Select(client => new GroupMember(client))];

        public override bool AreDone => clients.All(client => client.IsDone);

        public override long Ended => clients.Sum(client => (long)client.Calls.Count - (client.Calls.Count > 0 && client.Calls[^1].IsPending ? 1 : 0));

        public override IEnumerable<GroupCall> Calls => clients.SelectMany(client => client.Calls).Where(call => !call.IsPending)
            .Select(call => new GroupCall(call.CallNs, call.ReturnNs, call.IsWrite));
    }
}
