using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Gossip;

/// <summary>
/// Push gossip [demers1987]: who has the payload sends it to <c>Fanout</c> random peers, at once and then each period, <c>Times</c> times in
/// all. It never looks whether they have it.
/// </summary>
public struct PushProcess(PushOptions options, BroadcastMemory<int> memory) : IProcess, IForeseeing
{
    private readonly PushOptions _options = options;

    // The state of a broadcast is how many times it is still to be forwarded.
    private readonly BroadcastMemory<int> _memory = memory;
    private bool _isTimerSet;

    public static int TimerCount => 1;

    public readonly void Foresee(int member) => _memory.Foresee(member);

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Request:
                Take(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when BroadcastHead.TryRead(input.Head, out BroadcastHead head):
                Take(head.Broadcast, input.Body, ref turn);
                break;
            case InputKind.Timer:
                Tick(ref turn);
                break;
        }
    }

    private void Take(long broadcast, int body, ref Turn turn)
    {
        int slot = _memory.Take(broadcast, body, ref turn);
        if (slot < 0)
        {
            return;
        }

        _memory.State(slot) = _options.Times - 1;
        Push(slot, ref turn);
        if (_options.Times > 1)
        {
            SetTimer(ref turn);
        }
    }

    /// <summary>One timer serves all broadcasts: a later one is forwarded in the periods of the earlier.</summary>
    private void Tick(ref Turn turn)
    {
        _isTimerSet = false;
        for (int i = 0; i < _memory.Count(turn.Self); i++)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            ref int timesLeft = ref _memory.State(slot);
            if (timesLeft > 0)
            {
                timesLeft--;
                Push(slot, ref turn);
                if (timesLeft > 0)
                {
                    SetTimer(ref turn);
                }
            }
        }
    }

    private readonly void Push(int slot, ref Turn turn) => RandomPeers.Send(_options.Topology, _options.Fanout, _memory.ComposePayload(slot, ref turn), ref turn);

    private void SetTimer(ref Turn turn)
    {
        if (!_isTimerSet)
        {
            _isTimerSet = true;
            turn.SetTimer(0, _options.PeriodNs);
        }
    }
}
