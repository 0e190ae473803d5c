using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary><c>lww-kv</c>: two replicas; before each request a random one is merged into a random one, and a random one answers.</summary>
internal sealed class LastWriteWinsStore(Seed seed) : IService
{
    private readonly KeyValueState[] _replicas = [KeyValueState.Empty, KeyValueState.Empty];
    private RandomStream _random = seed.Stream();

    public ServiceReply Handle(string client, JsonElement request)
    {
        int source = _random.Below(_replicas.Length);
        int target = _random.Below(_replicas.Length);
        if (source != target)
        {
            _replicas[target] = _replicas[target].Merge(_replicas[source]);
        }

        int answering = _random.Below(_replicas.Length);
        (_replicas[answering], ServiceReply reply) = _replicas[answering].Handle(request);
        return reply;
    }
}
