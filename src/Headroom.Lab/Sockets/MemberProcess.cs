using System.Diagnostics;
using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>A process of members, seen from its parent.</summary>
internal sealed class MemberProcess(ProcessStartInfo start, string name, TimeProvider time) : IMemberHost
{
    private readonly AskedProcess _process = new(start, name);
    private readonly long _startedAt = time.GetTimestamp();

    public LabStatus Status => _process.Ask(new MemberAsk(MemberAsk.Status)).Status!.Value;

    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address) =>
        [.. _process.Ask(new MemberAsk(MemberAsk.Open) { Address = address.ToString() }).Endpoints!.Select(at => at.Read())];

    public void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints) =>
        _process.Ask(new MemberAsk(MemberAsk.Start) { Endpoints = [.. endpoints.Select(MemberAddress.Of)] });

    public void Crash(IReadOnlyList<int> members) => _process.Ask(new MemberAsk(MemberAsk.Crash) { Members = members });

    public void Ask(MemberRequest request) => _process.Ask(new MemberAsk(MemberAsk.Ask) { Requests = [request] });

    public void Begin(long timestamp, IReadOnlyList<MemberRequest> requests) => _process.Ask(new MemberAsk(MemberAsk.Begin) { Timestamp = timestamp, Requests = requests });

    /// <summary>It runs by itself.</summary>
    public void Run(TimeSpan duration, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(duration);
        cancellation.ThrowIfCancellationRequested();
    }

    public MemberReport Report() => _process.Ask(new MemberAsk(MemberAsk.Report)).Report!;

    /// <summary>Ends it at once, without a word (SIGKILL where there are signals).</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();
}
