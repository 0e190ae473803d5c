using System.Buffers.Binary;
using System.Net.Sockets;

namespace Headroom.Lab.Sockets;

internal sealed partial class TcpTransport
{
    /// <summary>From one member to another, with what was gathered for it.</summary>
    private sealed class Connection(Socket socket, int from, int to) : IDisposable
    {
        /// <summary>With so many bytes gathered it waits no longer.</summary>
        public const int GatheredMax = 1 << 16;

        private byte[] _bytes = new byte[4096];
        private volatile bool _hasEnded;

        public int From => from;

        public int To => to;

        public int Gathered { get; private set; }

        public bool IsEmpty => Gathered == 0;

        /// <summary>The other end closed it, or died.</summary>
        public bool HasEnded => _hasEnded;

        public void Add(ReadOnlySpan<byte> wire)
        {
            int needed = Gathered + 4 + wire.Length;
            if (_bytes.Length < needed)
            {
                Array.Resize(ref _bytes, 2 * needed);
            }

            BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Gathered), wire.Length);
            wire.CopyTo(_bytes.AsSpan(Gathered + 4));
            Gathered = needed;
        }

        public bool TrySend()
        {
            int bytes = Gathered;
            Gathered = 0;
            try
            {
                for (int sent = 0; sent < bytes;)
                {
                    sent += socket.Send(_bytes.AsSpan(sent, bytes - sent));
                }

                return true;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }

        /// <summary>Nothing ever comes back on an outgoing connection but its end.</summary>
        public async Task NoticeEndAsync(Inbox inbox)
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

            _hasEnded = true;
            inbox.Put(new Arrival(ArrivalKind.LinkDown, from, to, []));
        }

        public void Dispose() => socket.Dispose();
    }
}
