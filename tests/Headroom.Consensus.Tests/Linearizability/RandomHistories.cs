using Headroom.Consensus.Histories;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Linearizability;

internal static class RandomHistories
{
    /// <summary>Clients that all enqueue at once and then all dequeue at once; two of the answers are the same, so that no order explains them.</summary>
    public static History Concurrent(int clients, int rounds, Seed seed)
    {
        RandomStream random = seed.Stream();
        var builder = new HistoryBuilder();
        for (int round = 0; round < rounds; round++)
        {
            int[] operations = [.. Enumerable.Range(0, clients).Select(c => builder.Call(c, 0, OperationKind.Enqueue, 10 * round, (round * clients) + c))];
            foreach (int operation in operations)
            {
                builder.Return(operation, (10 * round) + 1);
            }
        }

        int[] answers = [.. Enumerable.Range(0, clients)];
        random.Shuffle(answers.AsSpan());
        answers[0] = answers[1];
        int[] takes = [.. Enumerable.Range(0, clients).Select(c => builder.Call(c, 0, OperationKind.Dequeue, 10 * rounds))];
        for (int i = 0; i < clients; i++)
        {
            builder.Return(takes[i], (10 * rounds) + 1, answers[i]);
        }

        return builder.Build();
    }
}
