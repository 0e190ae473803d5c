using System.Net;
using System.Net.Sockets;

namespace Headroom.Lab.Sockets;

/// <summary>A datagram socket for each member.</summary>
internal sealed class UdpTransport : ITransport
{
    public const int DatagramBytesMax = 65_000;
    private const int BufferBytes = 4 << 20;

    private readonly Dictionary<int, Socket> _sockets = [];
    private AddressBook? _addresses;

    public IPEndPoint Open(int member, IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferBytes, SendBufferSize = BufferBytes };
        socket.Bind(new IPEndPoint(address, 0));
        _sockets.Add(member, socket);
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    public void Start(AddressBook addresses, Inbox inbox)
    {
        _addresses = addresses;
        foreach ((int member, Socket socket) in _sockets)
        {
            _ = ReceiveAsync(member, socket, addresses, inbox);
        }
    }

    public bool Send(int from, int to, ReadOnlySpan<byte> wire)
    {
        if (wire.Length > DatagramBytesMax)
        {
            throw new LabException($"a message of {wire.Length} bytes does not fit a datagram ({DatagramBytesMax}); use --transport tcp");
        }

        try
        {
            _sockets[from].SendTo(wire, _addresses![to]);
            return true;
        }
        catch (SocketException)
        {
            // No buffer space, or the receiver's port is closed: a datagram may be lost.
            return false;
        }
    }

    public void Close(int member) => _sockets[member].Dispose();

    public void Dispose()
    {
        foreach (Socket socket in _sockets.Values)
        {
            socket.Dispose();
        }
    }

    private static async Task ReceiveAsync(int member, Socket socket, AddressBook addresses, Inbox inbox)
    {
        byte[] buffer = new byte[1 << 16];
        var anywhere = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, anywhere).ConfigureAwait(false);
                int from = addresses.MemberAt((IPEndPoint)result.RemoteEndPoint);
                // Datagrams of strangers are none of ours.
                if (from >= 0)
                {
                    inbox.Put(new Arrival(ArrivalKind.Message, member, from, buffer[..result.ReceivedBytes]));
                }
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // A datagram of ours found its port closed; the socket goes on.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
