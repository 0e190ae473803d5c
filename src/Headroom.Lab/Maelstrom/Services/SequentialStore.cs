using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary>
/// <c>seq-kv</c>: changes happen to the newest state; what changes nothing may be answered from any of the last 32 states that is not older than what
/// the same client saw before.
/// </summary>
internal sealed class SequentialStore(Seed seed) : IService
{
    private const int StatesMax = 32;

    private readonly List<KeyValueState> _states = [KeyValueState.Empty];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private RandomStream _random = seed.Stream();
    private long _newest;

    public ServiceReply Handle(string client, JsonElement request)
    {
        long oldest = Math.Max(_seen.GetValueOrDefault(client), _newest - _states.Count + 1);
        long at = oldest + (long)_random.Below((ulong)(_newest - oldest + 1));
        KeyValueState past = _states[(int)(_states.Count - 1 - (_newest - at))];
        (KeyValueState next, ServiceReply reply) = past.Handle(request);
        if (ReferenceEquals(next, past))
        {
            _seen[client] = at;
            return reply;
        }

        (next, reply) = _states[^1].Handle(request);
        if (!ReferenceEquals(next, _states[^1]))
        {
            _states.Add(next);
            _newest++;
            if (_states.Count > StatesMax)
            {
                _states.RemoveAt(0);
            }
        }

        _seen[client] = _newest;
        return reply;
    }
}
