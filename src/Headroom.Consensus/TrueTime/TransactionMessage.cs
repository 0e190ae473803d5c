using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Messages of a verb, a transaction's number, up to three more numbers, and zeros in place of a value.</summary>
internal static class TransactionMessage
{
    private const int ZerosMax = 256;

    public const int LengthMax = 1 + (5 * Varint.LengthMax);

    /// <summary>Sends at once: what a server says rests on a majority or on its own promise, never on its own disk alone.</summary>
    public static void Send(ref Turn turn, CommitMeter meter, int to, TransactionVerb verb, long transaction, long first = -1, long second = -1, long third = -1, int zeros = 0)
    {
        Span<byte> room = zeros <= ZerosMax ? stackalloc byte[LengthMax + ZerosMax] : new byte[LengthMax + zeros];
        var writer = new VarintWriter(room);
        writer.Byte((byte)verb);
        writer.Number(transaction);
        foreach (long number in (ReadOnlySpan<long>)[first, second, third])
        {
            if (number >= 0)
            {
                writer.Number(number);
            }
        }

        writer.Zeros(zeros);
        meter.Messages++;
        turn.Send(to, turn.Compose(room[..writer.Length]), urgent: true);
    }
}
