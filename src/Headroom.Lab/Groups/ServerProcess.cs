using System.Diagnostics;
using System.Net;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>A server in a process of its own, seen from its parent. What it sends between its last report and its end, a fraction of a millisecond later, is not counted.</summary>
internal sealed class ServerProcess(ProcessStartInfo start, int member, GroupSeating seating) : IGroupServer
{
    private readonly AskedProcess _process = new(start, $"the process of server {member}");
    private GroupStatus _last;
    private bool _isGone;

    public GroupStatus Status => _isGone ? _last : _last = _process.Ask(new MemberAsk(MemberAsk.Status)).Group!.Value;

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open() =>
        [.. _process.Ask(new MemberAsk(MemberAsk.Open) { Timestamp = seating.Origin }).Endpoints!.Select(at => at.Read())];

    public void Meet(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints) =>
        _process.Ask(new MemberAsk(MemberAsk.Meet) { Endpoints = [.. endpoints.Select(MemberAddress.Of)] });

    public void Start() => _process.Ask(new MemberAsk(MemberAsk.Start));

    public void Kill()
    {
        _last = Status;
        _isGone = true;
        _process.Kill();
    }

    public void Dispose()
    {
        _isGone = true;
        _process.Dispose();
    }
}
