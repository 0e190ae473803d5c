using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Headroom.Lab.Sockets;

/// <summary>
/// A listener for each member and a connection for each sender and receiver, opened by the first message: four bytes name the sender, then each
/// message follows behind its length (four bytes, little endian). A connection that breaks is news to both ends; the next message opens another. What is sent leaves at once,
/// or, where it is gathered, with the next flush: several messages in one write.
/// </summary>
internal sealed partial class TcpTransport(bool gathers = false) : ITransport
{
    public const int MessageBytesMax = 64 << 20;

    private readonly Dictionary<int, Socket> _listeners = [];
    private readonly Dictionary<(int From, int To), Connection> _outgoing = [];
    private readonly List<Connection> _gathered = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<Socket>> _incoming = [];
    private readonly HashSet<int> _closed = [];
    private AddressBook? _addresses;
    private Inbox? _inbox;

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
        if (!_outgoing.TryGetValue((from, to), out Connection? connection) || connection.HasEnded)
        {
            Drop(from, to);
            if ((connection = Connect(from, to)) is null)
            {
                _inbox!.Put(new Arrival(ArrivalKind.LinkDown, from, to, []));
                return false;
            }
        }

        if (connection.IsEmpty)
        {
            _gathered.Add(connection);
        }

        connection.Add(wire);
        if (gathers && connection.Gathered < Connection.GatheredMax)
        {
            return true;
        }

        _gathered.Remove(connection);
        return Hand(connection);
    }

    public void Flush()
    {
        foreach (Connection connection in _gathered)
        {
            Hand(connection);
        }

        _gathered.Clear();
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

    private bool Hand(Connection connection)
    {
        if (connection.TrySend())
        {
            return true;
        }

        if (_outgoing.GetValueOrDefault((connection.From, connection.To)) == connection)
        {
            Drop(connection.From, connection.To);
        }

        _inbox!.Put(new Arrival(ArrivalKind.LinkDown, connection.From, connection.To, []));
        return false;
    }

    private Connection? Connect(int from, int to)
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
            return null;
        }

        var connection = new Connection(socket, from, to);
        _outgoing[(from, to)] = connection;
        _ = connection.NoticeEndAsync(_inbox!);
        return connection;
    }

    private void Drop(int from, int to)
    {
        if (_outgoing.Remove((from, to), out Connection? connection))
        {
            connection.Dispose();
        }
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
