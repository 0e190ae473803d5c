using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Agreements;

/// <summary>A group that agrees, and the work it is given: who is where, over what links, on what disks, under which faults.</summary>
public sealed record AgreementSetting
{
    /// <summary>More clients than this would be processes for their own sake.</summary>
    public const int ClientsMax = 1000;

    public required AgreementPlaces Places { get; init; }

    /// <summary>How links behave; its topology is that of the places, whatever is stated.</summary>
    public required NetworkOptions Network { get; init; }

    public required AgreementLoad Load { get; init; }

    /// <summary>How long a record takes to become durable on a server's disk.</summary>
    public required long DurabilityNs { get; init; }

    /// <summary>No message may be longer, where datagrams carry them; who gathers records in messages heeds it.</summary>
    public int MessageBytesMax { get; init; } = int.MaxValue;

    /// <summary>After so many commands a server saves its state and drops them, where its protocol does that; 0 for never.</summary>
    public int SnapshotEvery { get; init; }

    /// <summary>So many servers crash at a third of the load, and stay down: server 0, which leads where somebody does, and those after it.</summary>
    public int Crashes { get; init; }

    /// <summary>Written faults besides, of servers numbered from 0; their moments count from the first operation's.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    public int Servers => Places.Servers.Count;

    public int Clients => Places.Clients.Count;

    /// <summary>From one operation of a client to its next, on average over clients.</summary>
    public long ClientPeriodNs => Math.Max(1, (long)(Clients / Load.RatePerSecond * 1e9));

    /// <summary>From one of so many operations of a client to its next: they fill the time of the load, and none is due later, however few a client has.</summary>
    public long PeriodNs(int operations) => Math.Max(1, (long)(Load.Operations / (double)Math.Max(1, operations) / Load.RatePerSecond * 1e9));

    /// <summary>Operations of one client; what is left over is dealt out evenly among all clients, wherever they are.</summary>
    public int OperationsOf(int client) => (int)(OperationsBefore(client + 1) - OperationsBefore(client));

    /// <summary>Operations of all clients before this one.</summary>
    public long OperationsBefore(int client) => (long)client * Load.Operations / Clients;

    /// <summary>Operations of a client that come before those that are measured: the first one writes every value once.</summary>
    public int WarmUpsOf(int client) => client == 0 ? Load.Keys : 0;

    /// <summary>After this a client takes a request for lost.</summary>
    public long TimeoutNs => 100_000_000 + (3 * (Places.RoundTripNsMax + (4 * Network.Jitter.MeanNs) + DurabilityNs));

    /// <summary>Clients enough that one is seldom busy when its next operation is due, if an operation takes a few round trips; at least one in every region that is named.</summary>
    public static int ClientsFor(double ratePerSecond, long roundTripNs, long durabilityNs) =>
        (int)Math.Clamp(Math.Ceiling(ratePerSecond * 20e-9 * (roundTripNs + durabilityNs + 100_000)), 1, ClientsMax);

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Places);
        ArgumentNullException.ThrowIfNull(Network);
        ArgumentNullException.ThrowIfNull(Load);
        ArgumentNullException.ThrowIfNull(Faults);
        Places.Validate();
        Load.Validate();
        Faults.Validate(Servers);
        ArgumentOutOfRangeException.ThrowIfNegative(DurabilityNs);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(Crashes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Crashes, Servers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clients, ClientsMax);
    }
}
