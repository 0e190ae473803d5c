using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Headroom.Lab.Sockets;

/// <summary>
/// A listener for each member and a connection for each sender and receiver, opened by the first message: four bytes name the sender, then each
/// message follows behind its length (four bytes, little endian). A connection that breaks is news to both ends.
/// </summary>
internal sealed class TcpTransport : ITransport
{
    public const int MessageBytesMax = 64 << 20;

    private readonly Dictionary<int, Socket> _listeners = [];
    private readonly Dictionary<(int From, int To), Socket> _outgoing = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<Socket>> _incoming = [];
    private readonly HashSet<int> _closed = [];
    private AddressBook? _addresses;
    private Inbox? _inbox;
    private byte[] _frame = new byte[4096];

    public IPEndPoint Open(int member, IPAddress address)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(512);
        _listeners.Add(member, listener);
        _incoming.Add(member, []);
        return (IPEndPoint)listener.LocalEndPoint!;
    }

    public void Start(AddressBook addresses, Inbox inbox)
    {
        _addresses = addresses;
        _inbox = inbox;
        foreach ((int member, Socket listener) in _listeners)
        {
            _ = AcceptAsync(member, listener, inbox);
        }
    }

    public bool Send(int from, int to, ReadOnlySpan<byte> wire)
    {
        int bytes = 4 + wire.Length;
        if (_frame.Length < bytes)
        {
            _frame = new byte[bytes * 2];
        }

        BinaryPrimitives.WriteInt32LittleEndian(_frame, wire.Length);
        wire.CopyTo(_frame.AsSpan(4));
        try
        {
            if (!_outgoing.TryGetValue((from, to), out Socket? socket))
            {
                socket = Connect(from, to);
            }

            for (int sent = 0; sent < bytes;)
            {
                sent += socket.Send(_frame.AsSpan(sent, bytes - sent));
            }

            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Drop(from, to);
            _inbox!.Put(new Arrival(ArrivalKind.LinkDown, from, to, []));
            return false;
        }
    }

    public void Close(int member)
    {
        _listeners[member].Dispose();
        foreach ((int From, int To) pair in _outgoing.Keys.Where(pair => pair.From == member).ToArray())
        {
            Drop(pair.From, pair.To);
        }

        lock (_lock)
        {
            _closed.Add(member);
            _incoming[member].ForEach(socket => socket.Dispose());
            _incoming[member].Clear();
        }
    }

    public void Dispose()
    {
        foreach (int member in _listeners.Keys)
        {
            Close(member);
        }
    }

    private Socket Connect(int from, int to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(_addresses![to]);
            Span<byte> name = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(name, from);
            socket.Send(name);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        _outgoing[(from, to)] = socket;
        _ = NoticeEndAsync(from, to, socket, _inbox!);
        return socket;
    }

    private void Drop(int from, int to)
    {
        if (_outgoing.Remove((from, to), out Socket? socket))
        {
            socket.Dispose();
        }
    }

    /// <summary>Nothing ever comes back on an outgoing connection but its end.</summary>
    private static async Task NoticeEndAsync(int from, int to, Socket socket, Inbox inbox)
    {
        try
        {
            await socket.ReceiveAsync(new byte[1]).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.OperationAborted)
        {
            return;
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }

        inbox.Put(new Arrival(ArrivalKind.LinkDown, from, to, []));
    }

    private async Task AcceptAsync(int member, Socket listener, Inbox inbox)
    {
        while (true)
        {
            try
            {
                Socket socket = await listener.AcceptAsync().ConfigureAwait(false);
                lock (_lock)
                {
                    if (_closed.Contains(member))
                    {
                        socket.Dispose();
                        return;
                    }

                    _incoming[member].Add(socket);
                }

                _ = ReadAsync(member, socket, _addresses!, inbox);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task ReadAsync(int member, Socket socket, AddressBook addresses, Inbox inbox)
    {
        int from = -1;
        try
        {
            using var stream = new BufferedStream(new NetworkStream(socket, ownsSocket: true), 1 << 16);
            byte[] number = new byte[4];
            await stream.ReadExactlyAsync(number).ConfigureAwait(false);
            int named = BinaryPrimitives.ReadInt32LittleEndian(number);
            // Connections of strangers are none of ours.
            if (!addresses.Knows(named))
            {
                return;
            }

            from = named;
            while (true)
            {
                await stream.ReadExactlyAsync(number).ConfigureAwait(false);
                int length = BinaryPrimitives.ReadInt32LittleEndian(number);
                if ((uint)length > MessageBytesMax)
                {
                    break;
                }

                byte[] wire = new byte[length];
                await stream.ReadExactlyAsync(wire).ConfigureAwait(false);
                inbox.Put(new Arrival(ArrivalKind.Message, member, from, wire));
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // The other end closed or died.
        }

        if (from >= 0)
        {
            inbox.Put(new Arrival(ArrivalKind.LinkDown, member, from, []));
        }
    }
}
