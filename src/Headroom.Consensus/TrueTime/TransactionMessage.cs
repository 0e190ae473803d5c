using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Messages of a verb, a transaction's number, up to four more numbers, and zeros in place of a value.</summary>
internal static class TransactionMessage
{
    private const int ZerosMax = 256;

    public const int LengthMax = 1 + (5 * Varint.LengthMax);

    public static bool IsOne(ReadOnlySpan<byte> head) => !head.IsEmpty && head[0] >= (byte)TransactionVerb.Read;

    /// <summary>Sends at once: what a server says rests on a majority or on its own promise, never on its own disk alone.</summary>
    public static void Send(ref Turn turn, int to, TransactionVerb verb, long transaction, params ReadOnlySpan<long> numbers) => SendWith(ref turn, to, verb, transaction, 0, numbers);

    public static void SendWith(ref Turn turn, int to, TransactionVerb verb, long transaction, int zeros, params ReadOnlySpan<long> numbers)
    {
        Span<byte> room = zeros <= ZerosMax ? stackalloc byte[LengthMax + ZerosMax] : new byte[LengthMax + zeros];
        var writer = new VarintWriter(room);
        writer.Byte((byte)verb);
        writer.Number(transaction);
        foreach (long number in numbers)
        {
            writer.Number(number);
        }

        writer.Zeros(zeros);
        turn.Send(to, turn.Compose(room[..writer.Length]), urgent: true);
    }
}
