using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Hosting;

/// <summary>Messages that share packets.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private PackLength _pack;
    private int _packTo = -1;
    private long _packArrivalNs;

    /// <summary>The first goes as any message; each that follows costs what it adds to the packets, and arrives or is lost with them.</summary>
    private void TransmitPacked(int from, int to, int message, bool isFirst)
    {
        ref MessagePool.Record record = ref _messages[message];
        if (record.Tag < 0)
        {
            Prepare(from, ref record);
        }

        PacketFormat packets = _options.Network.Packets;
        long bytes = WireFrame.Length(record.HeadLength, Bodies.LengthOf(record.Body));
        long before = _pack.Bytes;
        if (isFirst || to != _packTo || !_pack.TryAdd(bytes))
        {
            _pack.Begin(bytes);
            _packTo = to;
            _packArrivalNs = _network.SendFor(record.LineNs, from, to, NowNs);
        }
        else
        {
            record.WireBytes = packets.WireBytes(_pack.Bytes) - packets.WireBytes(before);
            record.LineNs = _options.Network.SerialisationNs(record.WireBytes);
            _packArrivalNs = _packArrivalNs < 0 ? _packArrivalNs : _network.ExtendFor(from, record.LineNs, _packArrivalNs);
        }

        Depart(from, to, message, ref record, _packArrivalNs);
    }
}
