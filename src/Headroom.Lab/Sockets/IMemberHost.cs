using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>Some of the members of a run, whatever their process type.</summary>
internal interface IMemberHost : IDisposable
{
    LabStatus Status { get; }

    /// <summary>What its members take for time, since they started.</summary>
    TimeSpan Elapsed { get; }

    IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address);

    void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints);

    /// <summary>These members die now, wherever they run; those of this host close their sockets.</summary>
    void Crash(IReadOnlyList<int> members);

    /// <summary>Whoever hosts the member asked hands it the request, counted or not.</summary>
    void Ask(MemberRequest request);

    /// <summary>Counting begins anew; the clock of the report begins at this reading of the machine's monotonic clock, when the requests begin.</summary>
    void Begin(long timestamp, IReadOnlyList<MemberRequest> requests);

    void Run(TimeSpan duration, CancellationToken cancellation);

    MemberReport Report();
}
