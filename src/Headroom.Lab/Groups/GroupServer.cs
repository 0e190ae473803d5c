using System.Net;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Groups;

/// <summary>A server on a thread of this process, its log on a second.</summary>
internal sealed class GroupServer : IGroupServer
{
    private readonly DurableLog? _log;
    private readonly GroupHost _host;
    private GroupStatus _last;
    private bool _isGone;

    public GroupServer(GroupLabOptions options, GroupSeating seating, int member, int life, TimeProvider time)
    {
        _log = options.Folder is { } folder ? DurableLog.Open(GroupFolder.LogOf(folder, member), time) : null;
        _host = new GroupHost(seating, [(member, options.Strategy.Group(options.Setting(1, 1), 0, 0).Create(member), _log)], life, null, time);
    }

    public GroupStatus Status
    {
        get
        {
            if (_isGone)
            {
                return _last;
            }

            _host.Check();
            return _last = new GroupStatus(_host.Counts, _log?.Work ?? default);
        }
    }

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open() => _host.Open();

    public void Meet(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints) => _host.Meet(endpoints);

    public void Start() => _host.Start();

    public void Kill()
    {
        _host.Dispose();
        _last = new GroupStatus(_host.Counts, _log?.Work ?? default);
        _isGone = true;
    }

    public void Dispose()
    {
        if (!_isGone)
        {
            Kill();
        }
    }
}
