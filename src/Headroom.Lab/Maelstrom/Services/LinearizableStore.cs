using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary><c>lin-kv</c>: one copy, one request after the other.</summary>
internal sealed class LinearizableStore : IService
{
    private KeyValueState _state = KeyValueState.Empty;

    public ServiceReply Handle(string client, JsonElement request)
    {
        (_state, ServiceReply reply) = _state.Handle(request);
        return reply;
    }
}
