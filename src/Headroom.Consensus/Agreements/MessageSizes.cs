using Headroom.Consensus.InSync;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Messages;

namespace Headroom.Consensus.Agreements;

/// <summary>
/// Bytes of messages under a setting's load, headers included, from their wire formats: a number takes a byte for each seven bits, on average over the values that it goes through; what stays
/// below 128 in quiet runs (terms, epochs, incarnations, servers) takes one.
/// </summary>
internal sealed class MessageSizes
{
    /// <summary>Before a name of the client: members with numbers below 128 take a byte.</summary>
    private const int OneByteMax = 1 << 7;

    private readonly AgreementSetting _setting;
    private readonly double _client;
    private readonly double _request;
    private readonly int _value;

    public MessageSizes(AgreementSetting setting, int registrars)
    {
        _setting = setting;
        int first = setting.Servers + registrars;
        _client = Enumerable.Range(0, setting.Clients).Average(client => first + client < OneByteMax ? 1.0 : 2.0);
        _request = Mean(1, Math.Max(1, setting.OperationsOf(setting.Clients - 1)));
        _value = setting.Load.ValueBytes;
        Index = Mean(setting.Load.Keys, setting.Load.Keys + setting.Load.Operations);
    }

    /// <summary>An index of the log, which begins with the warm-up.</summary>
    public double Index { get; }

    /// <summary>A client's number of its request.</summary>
    public double Request => _request;

    /// <summary>A client's number among the members.</summary>
    public double Client => _client;

    /// <summary>A put as clients write it: verb, key, token, expected token, and filling up to the value's bytes with its length.</summary>
    public double Put => 3 + Filled;

    /// <summary>A get: verb, key and two numbers that are 0.</summary>
    public static double Get => 4;

    /// <summary>A get's answer: that there is one, how many tokens, and the value.</summary>
    public double Got => 2 + Filled;

    /// <summary>A command in a log: whose it is and which.</summary>
    public double Entry(double command) => _client + _request + command;

    /// <summary>A client's request: verb, number, command.</summary>
    public double Asked(double command) => OnWire(1 + _request + command);

    /// <summary>Its answer: verb, number, status, and what was found.</summary>
    public double Answered(double found) => OnWire(2 + _request + found);

    /// <summary>A message of a head alone, framing and packet headers included.</summary>
    public double OnWire(double headBytes)
    {
        // Between two whole numbers of bytes in proportion.
        double low = Math.Floor(headBytes);
        double part = headBytes - low;
        return ((1 - part) * Packed((int)low)) + (part * Packed((int)low + 1));
    }

    /// <summary>A length and as many bytes.</summary>
    public static double Prefixed(double bytes) => Varint.Length((long)bytes) + bytes;

    /// <summary>Bytes of a number on average over all from one to another.</summary>
    public static double Mean(long from, long to)
    {
        double sum = 0;
        long at = from;
        for (int bytes = 1; at <= to; bytes++)
        {
            long last = Math.Min(to, (1L << (7 * bytes)) - 1);
            if (last >= at)
            {
                sum += bytes * (double)(last - at + 1);
                at = last + 1;
            }
        }

        return sum / (to - from + 1);
    }

    /// <summary>A record of a producer, with its length.</summary>
    public double Record => Prefixed(Math.Max(ProducerOptions.RecordBytesMin, _value));

    private double Filled
    {
        get
        {
            // Tokens go up by 64 with every command of a client.
            double token = Mean(65, Math.Clamp(64L * Math.Max(2, _setting.OperationsOf(_setting.Clients - 1)), 66, ushort.MaxValue));
            double filling = Math.Max(0, _value - token);
            return Math.Max(token, _value) + (filling >= 1 ? Varint.Length((long)filling) : 0);
        }
    }

    private double Packed(int head) => _setting.Network.Packets.WireBytes(WireFrame.Length(head, 0));
}
