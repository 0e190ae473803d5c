using Headroom.Consensus.Torture;

namespace Headroom.Consensus.KeyValue;

/// <summary>What clients made and were answered, in numbers; every moment and every token that they saw goes into the run's digest.</summary>
internal readonly record struct ClientTotals(int Operations, int Answered)
{
    public static ClientTotals Of(IReadOnlyList<KeyValueClient> clients, ref RunDigest digest)
    {
        int operations = 0;
        int answered = 0;
        foreach (KeyValueClient client in clients)
        {
            foreach (ClientCall call in client.Calls)
            {
                operations++;
                answered += call.IsPending ? 0 : 1;
                digest.Add((ulong)call.CallNs);
                digest.Add((ulong)call.ReturnNs);
            }

            foreach (int token in client.Tokens)
            {
                digest.Add((ulong)token);
            }
        }

        return new ClientTotals(operations, answered);
    }
}
