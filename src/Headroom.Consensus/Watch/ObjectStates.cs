namespace Headroom.Consensus.Watch;

/// <summary>States of the objects that were changed; all others have their first.</summary>
internal sealed class ObjectStates(WatchCatalogue catalogue)
{
    private readonly Dictionary<int, byte[]> _states = [];

    public ReadOnlySpan<byte> Of(int item) => _states.TryGetValue(item, out byte[]? state) ? state : catalogue.FirstState(item);

    public Span<byte> ToWrite(int item)
    {
        if (!_states.TryGetValue(item, out byte[]? state))
        {
            state = catalogue.FirstState(item).ToArray();
            _states.Add(item, state);
        }

        return state;
    }
}
