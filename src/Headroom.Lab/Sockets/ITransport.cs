using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>The sockets of the members that run in this process.</summary>
internal interface ITransport : IDisposable
{
    /// <summary>Opens a member's socket and gives its address.</summary>
    IPEndPoint Open(int member, IPAddress address);

    /// <summary>From now on what comes in is put into the inbox: all addresses are known.</summary>
    void Start(AddressBook addresses, Inbox inbox);

    /// <summary>Sends wire bytes; false when the kernel would not take them. From one thread only.</summary>
    bool Send(int from, int to, ReadOnlySpan<byte> wire);

    /// <summary>Hands over what was gathered, where a transport gathers. From the thread that sends.</summary>
    void Flush()
    {
    }

    /// <summary>The member died: its sockets close as those of a dead process do.</summary>
    void Close(int member);
}
