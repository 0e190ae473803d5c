using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>A group over sockets, and the work that it is given.</summary>
public sealed record GroupLabOptions
{
    /// <summary>Servers have threads or a process each.</summary>
    public const int ServersMax = 15;

    public const int ClientsMax = 64;
    public const int RoundsMax = 10;

    /// <summary>What the simulator takes for one way over a loopback interface, and for a flush: counts hardly depend on them.</summary>
    public const long LoopbackNs = 50_000;
    public const long DurabilityNs = 200_000;

    /// <summary>What the values of all operations may take in a server's log, which is read into memory when it is killed and comes back.</summary>
    public const long LogBytesMax = 400_000_000;

    private const int ValueBytesMaxOverTcp = 1_000_000;

    /// <summary>Four values, which a server that catches up may be sent together, fit a datagram.</summary>
    private const int ValueBytesMaxOverUdp = 16_000;

    private const double AtOnce = 1e9;

    public required AgreementStrategy Strategy { get; init; }

    public required int Servers { get; init; }

    public required Transport Transport { get; init; }

    /// <summary>Where the servers' logs go, a file each; null for members that keep nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>Clients that work at the same time.</summary>
    public required int Clients { get; init; }

    /// <summary>Operations of a client in a round.</summary>
    public required int OperationsEach { get; init; }

    /// <summary>Operations that are due in a second, of all clients; null for clients that ask as fast as answers come.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Keys, or registers.</summary>
    public int Keys { get; init; } = 16;

    /// <summary>Of a hundred operations so many read.</summary>
    public int ReadsPercent { get; init; } = 40;

    public int ValueBytes { get; init; } = 1;

    /// <summary>After so many commands a server begins its log anew with its state, where its protocol does that; 0 for never.</summary>
    public int SnapshotEvery { get; init; } = 1000;

    /// <summary>Parts of the run. Each has clients of its own; between two the disk is measured.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>What links add to the way over the loopback interface, and lose; null for nothing. Over UDP only: a stream would hide it.</summary>
    public GroupLinks? Links { get; init; }

    /// <summary>So often the server that sends most, which is the leader where there is one, is killed amid the run and started again from its log.</summary>
    public int Kills { get; init; }

    /// <summary>In the end all servers are killed at once amid one more round, and started again from their logs; then clients read every key.</summary>
    public bool EndsWithRestart { get; init; }

    /// <summary>How long the disk is measured without the group after each round, once with one loop and once with as many as there are logs.</summary>
    public TimeSpan ProbeFor { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>With no operation answered for so long the run ends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public required Seed Seed { get; init; }

    /// <summary>Servers, registrars, and the clients of a first round that is not counted, of all rounds, of the one that loses all servers, and of the last reading.</summary>
    public int Members => Servers + Strategy.Registrars + ((Rounds + 3) * Clients);

    /// <summary>The longest value: over UDP as many as a message may have fit a datagram.</summary>
    public static int ValueBytesMax(Transport transport) => transport == Transport.Udp ? ValueBytesMaxOverUdp : ValueBytesMaxOverTcp;

    /// <summary>The group with so many clients, of whom as many as work at a time keep to the rate.</summary>
    public AgreementSetting Setting(int clients, int operationsEach, bool onlyRead = false) => new()
    {
        Places = AgreementPlaces.Uniform(Servers, clients, LoopbackNs + (Links?.LatencyNs ?? 0)),
        Network = (Links ?? new GroupLinks()).Network(2, LoopbackNs) with { Packets = GroupHost.PacketsOf(Transport) },
        MessageBytesMax = Transport == Transport.Udp ? UdpTransport.DatagramBytesMax : int.MaxValue,
        Load = new AgreementLoad
        {
            Operations = clients * operationsEach,
            RatePerSecond = (RatePerSecond ?? AtOnce) * clients / Clients,
            ReadsPercent = onlyRead ? 100 : ReadsPercent,
            ValueBytes = ValueBytes,
            Keys = Keys,
        },
        DurabilityNs = Folder is null ? 0 : DurabilityNs,
        SnapshotEvery = SnapshotEvery,
    };

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Strategy);
        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, ServersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, ClientsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(OperationsEach, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, RoundsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ValueBytes, ValueBytesMax(Transport));
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotEvery);
        long commands = (long)Clients * OperationsEach * (Rounds + 2) * (100 - ReadsPercent) / 100;
        bool compacts = Strategy.CompactsLogs && SnapshotEvery > 0;
        // A log that begins anew holds what came since, and while the disk is slow some more.
        long written = (long)ValueBytes * (Keys + (compacts ? Math.Min(commands, 2L * SnapshotEvery) : commands));
        if (written > LogBytesMax)
        {
            throw new ArgumentException($"{(long)Clients * OperationsEach * Rounds} operations with values of {ValueBytes} B make a log of {written / 1e6:0} MB on each server, and {LogBytesMax / 1e6:0} MB are kept at most: state fewer operations, or smaller values{(compacts ? ", or more snapshots" : "")}");
        }

        if (Links is not null && Transport != Transport.Udp)
        {
            throw new ArgumentException("links that delay and lose carry datagrams: a stream would hide what is lost", nameof(Links));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Kills);
        AgreementSetting setting = Setting(Clients, OperationsEach);
        setting.Validate();
        if (Strategy.Problem(setting) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        if (Kills > 0 && Strategy.CrashesSurvived(Servers) < 1)
        {
            throw new ArgumentException($"{Strategy.Name} with {Servers} servers does not go on without the one that is killed", nameof(Kills));
        }

        if (EndsWithRestart && !Strategy.IsDurable)
        {
            throw new ArgumentException($"what {Strategy.Name} acknowledges need not be on a disk: it does not outlive all servers", nameof(EndsWithRestart));
        }

        if ((Kills > 0 || EndsWithRestart) && Folder is null)
        {
            throw new ArgumentException("servers that are killed come back from their logs: they need a disk", nameof(Folder));
        }
    }
}
