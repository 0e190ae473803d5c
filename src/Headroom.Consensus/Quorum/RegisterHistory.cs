using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Quorum;

/// <summary>What clients of registers saw, as one history of numbers, a key each register.</summary>
public static class RegisterHistory
{
    public static History Of(IReadOnlyList<RegisterClient> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        var builder = new HistoryBuilder();
        for (int client = 0; client < clients.Count; client++)
        {
            foreach (RegisterCall call in clients[client].Calls)
            {
                int operation = builder.Call(client, call.Register, call.IsWrite ? OperationKind.Write : OperationKind.Read, call.CallNs, call.IsWrite ? call.Content : Value.None);
                if (!call.IsPending)
                {
                    builder.Return(operation, call.ReturnNs, call.IsWrite || call.Content == 0 ? Value.None : call.Content);
                }
            }
        }

        return builder.Build();
    }
}
