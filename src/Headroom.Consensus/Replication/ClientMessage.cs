using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Replication;

/// <summary>What a server of a replicated machine hears from clients and says to them.</summary>
internal static class ClientMessage
{
    public static bool IsOne(ReadOnlySpan<byte> head) => !head.IsEmpty && head[0] >= (byte)ClientVerb.Command;

    /// <summary>A command or a question, and its number; false for anything else.</summary>
    public static bool TryRead(int client, ReadOnlySpan<byte> head, out ClientVerb verb, out long number, out ReadOnlySpan<byte> request)
    {
        var reader = new VarintReader(head);
        verb = (ClientVerb)reader.Byte();
        number = reader.Number();
        request = reader.Rest();
        return reader.IsGood && number > 0 && client < Sessions.ClientsMax && verb is ClientVerb.Command or ClientVerb.Question;
    }

    /// <summary>What is answered is durable where it must be: it need not wait for the server's own disk.</summary>
    public static void Answer(int client, long number, ReadOnlySpan<byte> answer, ref Turn turn) => Send(client, number, ClientStatus.Done, answer, ref turn);

    /// <summary>Another server must be asked: this one, or (-1) any.</summary>
    public static void SendElsewhere(int client, long number, int server, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[Varint.LengthMax];
        var writer = new VarintWriter(room);
        writer.Number(server + 1);
        Send(client, number, ClientStatus.NotLeader, writer.Written, ref turn);
    }

    private static void Send(int client, long number, ClientStatus status, scoped ReadOnlySpan<byte> answer, ref Turn turn)
    {
        int length = 2 + Varint.LengthMax + answer.Length;
        Span<byte> room = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var writer = new VarintWriter(room);
        writer.Byte((byte)ClientVerb.Answer);
        writer.Number(number);
        writer.Byte((byte)status);
        writer.Bytes(answer);
        turn.Send(client, turn.Compose(writer.Written), urgent: true);
    }
}
