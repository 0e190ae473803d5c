using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>A group over sockets, and the work that it is given.</summary>
public sealed record GroupLabOptions
{
    public const int ClientsMax = 64;
    public const int RoundsMax = 16;

    public required GroupProtocol Protocol { get; init; }

    public required Transport Transport { get; init; }

    /// <summary>Where the servers' logs go, a file each; null for members that keep nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>Clients that work at the same time, each with an operation under way at a time.</summary>
    public required int Clients { get; init; }

    /// <summary>Operations of a client in a round.</summary>
    public required int OperationsEach { get; init; }

    /// <summary>Parts of the run. Each has clients of its own; between two the disk is measured.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>So often the server that sends most, which is the leader where there is one, is killed amid the run and started again from its log.</summary>
    public int Kills { get; init; }

    /// <summary>In the end all servers are killed at once amid one more round, and started again from their logs; then clients read every key.</summary>
    public bool EndsWithRestart { get; init; }

    /// <summary>How long the disk is measured without the group after each round, once with one loop and once with as many as there are logs.</summary>
    public TimeSpan ProbeFor { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>With no operation answered for so long the run ends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public required Seed Seed { get; init; }

    /// <summary>Members of all rounds: servers, the clients of a first round that is not counted, of all rounds, of the one that loses all servers, and of the last reading.</summary>
    public int Members => Protocol.Servers + ((Rounds + 3) * Clients);

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Protocol);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, ClientsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(OperationsEach, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, RoundsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(Kills);
        if (Kills > 0 && Protocol.CrashesMax == 0)
        {
            throw new ArgumentException($"{Protocol.Name} with {Protocol.Servers} servers goes on without none of them: to kill one takes three", nameof(Kills));
        }

        if ((Kills > 0 || EndsWithRestart) && Folder is null)
        {
            throw new ArgumentException("servers that are killed come back from their logs: they need a disk", nameof(Folder));
        }
    }
}
