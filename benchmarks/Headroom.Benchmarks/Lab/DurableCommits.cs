using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;

namespace Headroom.Benchmarks.Lab;

/// <summary>
/// Raft over loopback TCP with a log on the disk for each of five servers: commands committed a second, against the fsyncs that one of five loops makes of the same disk in the same run, between its
/// rounds. A commit has one fsync in sequence at least, so that more than one commit for each shows that commits share them.
/// </summary>
public sealed class DurableCommits : IBenchmark
{
    private const int Servers = 5;

    public string Name => "lab/durable-commits";

    public IEnumerable<BenchmarkResult> Run()
    {
        // Agreement first: what clients saw with the leader killed has an order, and messages are as many as in the simulator.
        GroupLabRun judged = Run(Options(clients: 8, operationsEach: 100, readsPercent: 40) with { Kills = 1, EndsWithRestart = true });
        if (judged.Verdict is not { Holds: true })
        {
            throw new InvalidOperationException($"what clients were told does not hold: {judged.Verdict?.Text}");
        }

        foreach (int clients in new[] { 1, 16, 64 })
        {
            GroupLabOptions options = Options(clients, operationsEach: 400, readsPercent: 0);
            GroupLabRun run = Run(options);
            double simulated = SimulatedAgreement.Run(options.Strategy, options.Setting(clients, 200), options.Seed).MessagesPerOperation;
            double executed = run.Rounds.Average(round => (double)round.Sent.Messages / round.Calls.Count);
            if (Math.Abs(executed - simulated) > 0.2 * simulated)
            {
                throw new InvalidOperationException($"{executed} messages a command over sockets, {simulated} in the simulator");
            }

            GroupRound best = run.Rounds.MaxBy(round => round.CommandsPerSecond)!;
            double fsyncs = run.Rounds.Max(round => round.Together.FlushesPerSecond);
            yield return new BenchmarkResult($"{Name}-{clients}", best.CommandsPerSecond / 1e3, "k commands/s", best.CommandsPerSecond / fsyncs, "fsyncs/s of 1 of 5 loops", Goal: clients == 64 ? 1 : null);
        }
    }

    private static GroupLabOptions Options(int clients, int operationsEach, int readsPercent) => new()
    {
        Strategy = AgreementStrategies.All.First(entry => entry.Name == "raft").Usual[0],
        Servers = Servers,
        Transport = Transport.Tcp,
        Clients = clients,
        OperationsEach = operationsEach,
        ReadsPercent = readsPercent,
        ValueBytes = 16,
        Seed = new Seed(1),
    };

    private static GroupLabRun Run(GroupLabOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("headroom-bench-").FullName;
        try
        {
            return SocketGroup.Run(options with { Folder = folder }, TimeProvider.System, (_, _) => { });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
