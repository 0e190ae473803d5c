using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Counts, and answers with the count. One process, not replicated: the least that such an oracle can cost.</summary>
internal sealed class TimestampOracle : IGroupRole
{
    private long _last;

    public void On(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        if (input.Kind == InputKind.Message && reader.Byte() == (byte)TransactionVerb.AskTime)
        {
            long transaction = reader.Number();
            if (reader.IsAtEnd)
            {
                TransactionMessage.Send(ref turn, input.Peer, TransactionVerb.Time, transaction, ++_last);
            }
        }
    }
}
