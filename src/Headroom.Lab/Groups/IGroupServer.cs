using System.Net;

namespace Headroom.Lab.Groups;

/// <summary>One life of one server, on a thread of this process or in a process of its own.</summary>
internal interface IGroupServer : IDisposable
{
    /// <summary>Opens its log and its socket.</summary>
    IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open();

    void Meet(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints);

    void Start();

    GroupStatus Status { get; }

    /// <summary>Ends it at once, without a word.</summary>
    void Kill();
}
