using Headroom.Consensus.Groups;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.Quorum.Torture;

/// <summary>
/// One run of registers under faults that a seed draws. Servers crash, keep what was durable and come back; a client may crash for good amid a write. In the end a core of the servers is up, and every operation of a
/// client that is must have ended, if no quorum is larger than the core.
/// </summary>
public sealed class RegisterTorture(RegisterTortureOptions options) : ITorture<RegisterTortureResult>
{
    public const string Linearizable = "linearizability";
    public const string Progress = "progress once healed";

    private const long SecondNs = 1_000_000_000;

    /// <summary>More than ten times the longest time after which requests are sent again.</summary>
    private const long EndedNs = 3 * SecondNs;

    private readonly LinearizabilityChecker _checker = ModelRegistry.Register.Checker(new LinearizabilityOptions { WantsWitness = false, StepsMax = 4_000_000, ShrinkStepsMax = 200_000 });

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> Checks { get; } =
    [
        (Linearizable, "the clients' history of reads and writes has an order that single registers could have lived through"),
        (Progress, "once a core that holds both quorums is healed, every operation of a client that is ends within three seconds"),
    ];

    public long EndNs => options.Seconds * SecondNs;

    public static Seed SeedOf(ulong number) => new Seed(number).Named("register torture");

    public TortureRoles Roles(ulong seed) => TortureRoles.Of(options.Servers, single: null, options.Clients, clientsMayCrash: true);

    public RegisterTortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (RegisterTortureResult Result, TObserver Observer) Run<TObserver>(ulong number, FaultPlan? others, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        Seed seed = SeedOf(number);
        RandomStream random = seed.Named("setting").Stream();
        long latencyNs = 200_000L << random.Below(7);
        RegisterOptions registers = Registers(ref random, latencyNs);
        RegisterClientOptions working = Working(ref random);
        FaultPlan drawn = Faults(seed.Named("faults"), ref random);
        FaultPlan faults = others ?? drawn;
        int starts = 0;
        var clients = new RegisterClient[options.Clients];
        var simulation = new SimulationOptions
        {
            Network = Network(ref random, latencyNs),
            Seed = seed.Named("run"),
            Faults = faults,
            DurabilityNs = 50_000L << random.Below(9),
            EventsMax = 20_000_000,
        };
        var host = new SimulationHost<GroupMember, TObserver>(simulation, Create, observer);
        host.Run(endNs);
        bool mustEnd = faults.Core.Count(member => member < options.Servers) >= Math.Max(registers.Reading, registers.Writing);
        var result = new RegisterTortureResult
        {
            Seed = number,
            Violations = Judge(clients, faults, mustEnd, endNs),
            Faults = faults,
            Answered = clients.Sum(client => client.Calls.Count(call => !call.IsPending)),
            OnePhaseReads = clients.Sum(client => client.Calls.Count(call => !call.IsPending && !call.IsWrite && call.Phases == 1)),
            Repeats = clients.Sum(client => client.Repeats),
            Restarts = starts - options.Servers,
            Events = host.EventCount,
            Digest = DigestOf(clients, host.EventCount),
        };
        return (result, host.Observer);

        GroupMember Create(int member)
        {
            if (member >= options.Servers)
            {
                return new GroupMember(clients[member - options.Servers] = new RegisterClient(registers, working, member));
            }

            starts++;
            return new GroupMember(new RegisterServer(registers));
        }
    }

    /// <summary>Half the seeds have majorities, the others any two quorums that meet.</summary>
    private RegisterOptions Registers(ref RandomStream random, long latencyNs)
    {
        int n = options.Servers;
        int majority = (n / 2) + 1;
        bool hasMajorities = random.Bernoulli(0.5);
        int write = hasMajorities ? majority : 1 + random.Below(n);
        int read = hasMajorities ? majority : n + 1 - write;
        bool skips = random.Bernoulli(0.5);
        if (options.Mutant == RegisterMutant.SmallQuorums)
        {
            (read, write) = (n / 2, n - (n / 2));
        }

        return new RegisterOptions
        {
            Servers = n,
            ReadQuorum = read,
            WriteQuorum = write,
            Registers = 1 + random.Below(4),
            RetryNs = 50_000_000 + (10 * latencyNs),
            SkipsKnownWriteBack = skips,
            Mutant = options.Mutant,
        };
    }

    /// <summary>The last operations come when all is healed.</summary>
    private RegisterClientOptions Working(ref RandomStream random) => new()
    {
        Operations = options.Operations / options.Clients,
        StartNs = SecondNs / 2,
        PauseNs = options.Seconds * SecondNs * 6 / 10 / (options.Operations / options.Clients),
        ReadsPercent = 30 + random.Below(50),
    };

    private NetworkOptions Network(ref RandomStream random, long latencyNs)
    {
        double reordering = random.Bernoulli(0.4) ? random.Below(200) / 1000.0 : 0;
        return new NetworkOptions
        {
            Topology = Topology.Complete(options.Servers + options.Clients, latencyNs),
            Jitter = random.Bernoulli(0.7) ? new Jitter(JitterShape.Exponential, 100_000L << random.Below(9)) : Jitter.None,
            Loss = random.Bernoulli(0.5) ? random.Below(200) / 1000.0 : 0,
            Duplication = random.Bernoulli(0.5) ? random.Below(200) / 1000.0 : 0,
            Reordering = reordering,
            ReorderDelayNs = reordering > 0 ? 20 * latencyNs : 0,
        };
    }

    /// <summary>Strikes servers; of the clients one crashes for good in every other seed. With the core the clients' links are healed too.</summary>
    private FaultPlan Faults(Seed seed, ref RandomStream random)
    {
        long healNs = options.Seconds * SecondNs / 2;
        FaultPlan plan = TortureFaults.Draw(seed, options.Servers, healNs, ["churn"], []);
        int dead = random.Bernoulli(0.5) ? random.Below(options.Clients) : -1;
        long deadNs = SecondNs + (long)random.Below((ulong)(healNs - (2 * SecondNs)));
        IEnumerable<int> alive = Enumerable.Range(0, options.Clients).Where(client => client != dead).Select(client => options.Servers + client);
        IEnumerable<Fault> faults = plan.Faults.Select(fault => fault.Kind == FaultKind.HealCore ? fault with { Sets = new MemberSets([[.. plan.Core, .. alive]]) } : fault);
        if (dead >= 0)
        {
            Fault[] all = [.. faults];
            faults = [.. FaultPlan.InOrder([.. all[..^1], new Fault(deadNs, FaultKind.Crash, options.Servers + dead)]).Faults, all[^1]];
        }

        return new FaultPlan([.. faults]);
    }

    private List<Violation> Judge(RegisterClient[] clients, FaultPlan faults, bool mustEnd, long endNs)
    {
        var violations = new List<Violation>();
        History history = RegisterHistory.Of(clients);
        LinearizabilityResult result = _checker.Check(history);
        if (result.Verdict == LinearizabilityVerdict.NotLinearizable)
        {
            Operation blocked = history.Operations[result.Failure!.Blocked];
            violations.Add(new Violation(Linearizable, blocked.Return, $"register {blocked.Key}: client {blocked.Client} {blocked.Kind} between {blocked.Call} and {blocked.Return} ns has no place in any order"));
        }
        else if (result.Verdict == LinearizabilityVerdict.Undecided)
        {
            violations.Add(new Violation(Linearizable, endNs, "the history was not decided within the checker's budget"));
        }

        var dead = faults.Faults.Where(fault => fault.Kind == FaultKind.Crash).Select(fault => fault.Member).ToHashSet();
        int waiting = clients.Where((client, i) => !dead.Contains(options.Servers + i) && client.Calls.Count > 0 && client.Calls[^1].IsPending && client.Calls[^1].CallNs < endNs - EndedNs).Count();
        if (mustEnd && waiting > 0)
        {
            violations.Add(new Violation(Progress, endNs, $"{waiting} clients have waited for longer than {EndedNs / SecondNs} s at the end"));
        }

        return violations;
    }

    private static ulong DigestOf(RegisterClient[] clients, long events)
    {
        var digest = new RunDigest((ulong)events);
        foreach (RegisterCall call in clients.SelectMany(client => client.Calls))
        {
            digest.Add((ulong)call.ReturnNs ^ ((ulong)call.Content << 32));
        }

        return digest.Value;
    }
}
