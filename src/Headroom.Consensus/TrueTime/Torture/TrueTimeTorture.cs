using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Torture;
using Headroom.Consensus.Torture.Checks;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>
/// One run of transactions over groups under faults that a seed draws: members crash and lose what was not durable, the groups elect, clients lose messages, and one of them may crash for good
/// amid a commit. Clocks err as far as they may. In the end a majority of each group is up, and everybody must get on.
/// </summary>
public sealed class TrueTimeTorture(TrueTimeTortureOptions options) : ITorture<TrueTimeTortureResult>
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> Checks => TrueTimeJudge.Checks;

    public long EndNs => options.Seconds * SecondNs;

    public static Seed SeedOf(ulong number) => new Seed(number).Named("truetime torture");

    public TortureRoles Roles(ulong seed) => new(options.Members,
    [
        .. Enumerable.Range(0, options.Members).Select(member => $"server {member / (options.Members / options.Groups)}.{member % (options.Members / options.Groups)}"),
        .. Enumerable.Range(0, options.Clients).Select(client => $"client {client}"),
    ], ClientsMayCrash: true);

    public TrueTimeTortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (TrueTimeTortureResult Result, TObserver Observer) Run<TObserver>(ulong number, FaultPlan? others, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        Seed seed = SeedOf(number);
        var setting = TrueTimeTortureSetting.Draw(seed, options);
        FaultPlan faults = others ?? setting.Faults;
        var ledger = new TransactionLedger();
        WitnessPanel[] panels = [.. Enumerable.Range(0, options.Groups).Select(_ => new WitnessPanel([new ElectionSafety(), new DurabilityKept()]))];
        TrueTimeOptions commit = setting.Commit with { Witness = ledger, Revision = (group, raft) => Revised(raft, setting.Network, panels[group]) };
        RaftGroup[] groups = [.. Enumerable.Range(0, options.Groups).Select(commit.RaftOf)];
        var keys = new ZipfKeys(commit.Keys, commit.ZipfExponent);
        var meter = new CommitMeter();
        var servers = new TransactionServer[options.Members];
        var clients = new TransactionClient[options.Clients];
        var simulation = new SimulationOptions
        {
            Network = setting.Network.Network(options.Members + options.Clients),
            Seed = seed.Named("run"),
            Faults = FaultPlan.InOrder([.. faults.Faults, .. commit.Clocks.Plan(options.Members, commit.Members, EndNs, seed.Named("clocks")).Faults]),
            DurabilityNs = setting.Network.DurabilityNs,
            ClockUncertaintyNs = commit.Clocks.ResidueNs,
            EventsMax = 20_000_000,
        };
        var host = new SimulationHost<GroupMember, TObserver>(simulation, Create, observer);
        host.Run(endNs);
        var judge = new TrueTimeJudge(commit, ledger, clients, faults, endNs);
        List<Violation> violations = judge.Judge(servers, host.WasCutOff);
        violations.AddRange(panels.SelectMany(panel => panel.Checks).Select(check => check.Violation).OfType<Violation>());
        return (new TrueTimeTortureResult
        {
            Seed = number,
            Violations = [.. violations.OrderBy(violation => violation.AtNs)],
            Faults = faults,
            Committed = clients.Sum(client => client.Records.Count(record => !record.IsSnapshot)),
            Snapshots = clients.Sum(client => client.Records.Count(record => record.IsSnapshot)),
            Aborts = clients.Sum(client => client.Aborts),
            Unheard = judge.Unheard,
            Elections = panels.Sum(panel => panel.Elections),
            TakenOver = meter.TakenOver,
            Restarts = panels.Sum(panel => panel.Restarts) - options.Members,
            Events = host.EventCount,
            Digest = DigestOf(clients, host.EventCount),
        }, host.Observer);

        GroupMember Create(int member) => member < options.Members
            ? new GroupMember(servers[member] = new TransactionServer(commit, groups[member / commit.Replicas], member, meter))
            : new GroupMember(clients[member - options.Members] = new TransactionClient(commit, keys, member));
    }

    private RaftGroup Revised(RaftGroup raft, TortureSetting setting, RaftWitness witness) => raft with
    {
        Options = options.DisksLie ? setting.Raft with { Mutant = RaftMutant.AnswerBeforeDurable } : setting.Raft,
        TickNs = setting.TickNs,
        SnapshotEvery = setting.SnapshotEvery,
        Retained = setting.Retained,
        BatchNs = setting.BatchNs,
        FirstLeader = null,
        Witness = witness,
    };

    private static ulong DigestOf(TransactionClient[] clients, long events)
    {
        var digest = new RunDigest((ulong)events);
        foreach (TransactionRecord record in clients.SelectMany(client => client.Records))
        {
            digest.Add((ulong)record.EndNs ^ ((ulong)record.TimestampNs << 7));
            foreach (long writer in record.Writers)
            {
                digest.Add((ulong)writer);
            }
        }

        return digest.Value;
    }
}
