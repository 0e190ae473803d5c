using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>Some of the members of a run, whatever their process type.</summary>
internal interface IMemberHost : IDisposable
{
    LabStatus Status { get; }

    IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address);

    void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints);

    void Crash(IReadOnlyList<int> members);

    /// <summary>Counting begins now; the clock of the report begins at this reading of the machine's monotonic clock, when the origin is asked to broadcast.</summary>
    void Begin(long timestamp);

    /// <summary>Whoever hosts the origin lets it make a broadcast that is not counted, so long after now.</summary>
    void BroadcastEarlier(int number, TimeSpan delay);

    void Run(TimeSpan duration, CancellationToken cancellation);

    MemberReport Report();
}
