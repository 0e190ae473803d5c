using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Hosting;

/// <summary>Messages that share packets.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private (int To, long Bytes, long ArrivalNs) _packet = (-1, 0, 0);

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
        if (isFirst || to != _packet.To)
        {
            _packet = (to, bytes, _network.SendFor(record.LineNs, from, to, NowNs));
        }
        else
        {
            record.WireBytes = packets.WireBytes(_packet.Bytes + bytes) - packets.WireBytes(_packet.Bytes);
            record.LineNs = _options.Network.SerialisationNs(record.WireBytes);
            _packet = (to, _packet.Bytes + bytes, _packet.ArrivalNs < 0 ? _packet.ArrivalNs : _network.Extend(from, record.LineNs, _packet.ArrivalNs));
        }

        Depart(from, to, message, ref record, _packet.ArrivalNs);
    }
}
