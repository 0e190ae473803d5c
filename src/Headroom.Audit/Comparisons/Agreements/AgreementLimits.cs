using Headroom.Consensus.Agreements;
using Headroom.Consensus.Bounds;
using Headroom.Dissemination.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>
/// The bounds of one operation in their regimes, for any protocol that keeps the same promise: so many servers hold a write when its client is answered, and clients keep nothing
/// from one operation to the next.
/// <para>
/// The client is the proposer of every bound here: it is who must know in the end. It is counted as a member that holds its own value at once and at no cost, which is more than
/// is true and can only lower a floor; so quorums are the promised holders and one. A read asks at least one server, and learns from its answer: the same count with one holder,
/// which needs no disk. More than this no floor of reads can ask: one server with a lease answers by itself.
/// </para>
/// </summary>
internal sealed class AgreementLimits
{
    private const double BatchMax = 1e12;

    private readonly AgreementSetting _setting;
    private readonly int _holders;
    private readonly int _crashes;
    private readonly bool _isDurable;
    private readonly bool _isConsensus;
    private readonly bool _trusts;

    /// <summary>Of what a strategy promises.</summary>
    public AgreementLimits(AgreementStrategy strategy, AgreementSetting setting)
        : this(setting, strategy.Holders(setting.Servers), strategy.CrashesSurvived(setting.Servers), strategy.IsDurable, strategy.IsConsensus, strategy.Registrars > 0)
    {
    }

    /// <summary>Of what anybody must who keeps these promises.</summary>
    /// <param name="setting">The group and its load.</param>
    /// <param name="holders">Servers that hold a write when its client is answered.</param>
    /// <param name="crashes">Crashed servers with which it goes on.</param>
    /// <param name="isDurable">Holders have it on their disks.</param>
    /// <param name="isConsensus">They agree on an order.</param>
    /// <param name="trusts">Somebody besides servers and clients is trusted to stay up.</param>
    public AgreementLimits(AgreementSetting setting, int holders, int crashes, bool isDurable, bool isConsensus, bool trusts) =>
        (_setting, _holders, _crashes, _isDurable, _isConsensus, _trusts) = (setting, holders, crashes, isDurable, isConsensus, trusts);

    /// <summary>Servers and the client that must come to have it.</summary>
    private int Quorum(bool isRead) => 1 + (isRead ? 1 : _holders);

    /// <summary>
    /// Messages for each operation of a run. Of those <paramref name="apart"/> are under way at times that do not overlap, so that no message serves two of them, and each takes all that
    /// one alone takes: in the bound's terms a message serves at most 1/apart on average. Members may pass requests and answers on, as leaders and chains do for clients.
    /// </summary>
    /// <param name="isRead">Reads or writes.</param>
    /// <param name="apart">Of a run's operations that share, of this kind: <see cref="AgreementOutcome.Apart"/> over the operations.</param>
    public Limit Messages(bool isRead, double apart)
    {
        double batch = Math.Clamp(1 / apart, 1, BatchMax);
        return Limit.Of(ConsensusBounds.CommandMessages, new BoundArguments { ["quorum"] = Quorum(isRead), ["batch"] = batch, ["answered"] = batch, ["relays"] = 1 });
    }

    /// <summary>Every holder takes in the value, which nobody can predict; of a read the client alone, and not even that where no server need hold what was written.</summary>
    public Limit Bytes(bool isRead, Money? money = null) => Limit.Of(DisseminationBounds.Bytes, new BoundArguments
    {
        ["deliveries"] = Math.Min(Quorum(isRead) - 1, _holders),
        ["entropy"] = 8.0 * _setting.Load.ValueBytes,
    }, money);

    /// <summary>
    /// Message delays from a request to its answer. A client is a process that is no member; it might send to all and hear all itself, as in Fast Paxos, so its own way adds nothing to the
    /// floor. Reads, registers, and groups that survive more than half of themselves by another's help lie outside that regime: there a round trip is the floor, in delays of 1.
    /// </summary>
    public Limit Rounds(bool isRead)
    {
        int crashes = _crashes;
        if (!isRead && _isConsensus && crashes > 0)
        {
            var limit = Limit.Of(ConsensusBounds.Delays, new BoundArguments { ["members"] = _setting.Servers, ["crashes"] = crashes, ["proposers"] = 2 });
            if (limit.Value is BoundValue.Finite)
            {
                return limit;
            }
        }

        return Limit.Of(ConsensusBounds.QuorumTime, new BoundArguments { { "latency", Matrix(_setting.Servers, (_, _) => 1) }, { "quorum", Quorum(isRead) }, { "leader", _setting.Servers } });
    }

    /// <summary>Seconds of an operation, on average over clients: each is a member of its own in the matrix of latencies, whose own write takes no time and is never the last.</summary>
    public Limit Latency(bool isRead)
    {
        var byRegion = new SortedDictionary<int, long>();
        for (int client = 0; client < _setting.Clients; client++)
        {
            int region = _setting.Places.Clients[client];
            byRegion[region] = byRegion.GetValueOrDefault(region) + _setting.OperationsOf(client);
        }

        (Limit Limit, long Operations)[] each = [.. byRegion.Where(region => region.Value > 0).Select(region => (LatencyFrom(region.Key, isRead), region.Value))];
        if (each.Length == 1)
        {
            return each[0].Limit;
        }

        double mean = each.Sum(region => region.Limit.Value.Number!.Value * region.Operations) / each.Sum(region => region.Operations);
        return each[0].Limit with { Value = BoundValue.Of(mean), Arguments = $"mean over clients in {each.Length} regions; in the first: {each[0].Limit.Arguments}" };
    }

    /// <summary>Servers that so many crashes need, where nobody outside the group is trusted to stay up; null where the strategy trusts somebody.</summary>
    public Limit? Members() => _trusts ? null
        : Limit.Of(_isConsensus ? ConsensusBounds.Members : ConsensusBounds.RegisterMembers, new BoundArguments { ["crashes"] = _crashes });

    /// <summary>Seconds of an operation from a client of this region.</summary>
    public Limit LatencyFrom(int region, bool isRead)
    {
        int[] regions = [.. _setting.Places.Servers, region];
        var limit = Limit.Of(ConsensusBounds.QuorumTime, new BoundArguments
        {
            { "latency", Matrix(_setting.Servers, (from, to) => _setting.Places.LatenciesNs[regions[from], regions[to]] / 1e6) },
            { "quorum", Quorum(isRead) },
            { "leader", _setting.Servers },
            { "durable", !isRead && _isDurable ? _setting.DurabilityNs / 1e6 : 0 },
        });
        // The theorem counts milliseconds.
        return limit with { Value = BoundValue.Of(limit.Value.Number!.Value / 1e3) };
    }

    /// <summary>Servers, and the client after them.</summary>
    private static double[][] Matrix(int servers, Func<int, int, double> between) =>
        [.. Enumerable.Range(0, servers + 1).Select(from => Enumerable.Range(0, servers + 1).Select(to => from == to ? 0 : between(from, to)).ToArray())];
}
