using System.Collections.Concurrent;
using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>Where each member listens. Members may come and move while sockets read it.</summary>
internal sealed class AddressBook
{
    private readonly IPEndPoint?[] _endpoints;
    private readonly ConcurrentDictionary<IPEndPoint, int> _members = [];

    public AddressBook(int members)
    {
        _endpoints = new IPEndPoint?[members];
    }

    public IPEndPoint this[int member]
    {
        get => Volatile.Read(ref _endpoints[member]) ?? throw new InvalidOperationException($"member {member} has no address");
        set
        {
            if (Interlocked.Exchange(ref _endpoints[member], value) is { } before)
            {
                _members.TryRemove(before, out _);
            }

            _members[value] = member;
        }
    }

    public bool Knows(int member) => (uint)member < (uint)_endpoints.Length && _endpoints[member] is not null;

    /// <summary>The member that sends from this address, or -1.</summary>
    public int MemberAt(IPEndPoint endpoint) => _members.GetValueOrDefault(endpoint, -1);
}
