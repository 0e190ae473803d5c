using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Gossip;

/// <summary>
/// Push gossip [demers1987]: who has the payload sends it to <c>Fanout</c> random peers, at once and then each period, <c>Times</c> times in
/// all. It never looks whether they have it.
/// </summary>
public struct PushProcess(PushOptions options) : IProcess
{
    private readonly PushOptions _options = options;
    private PayloadState _payload;
    private int _timesLeft;

    public static int TimerCount => 1;

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
                Push(ref turn);
                break;
        }
    }

    private void Take(long broadcast, int body, ref Turn turn)
    {
        if (_payload.Take(broadcast, body, ref turn))
        {
            _timesLeft = _options.Times;
            Push(ref turn);
        }
    }

    private void Push(ref Turn turn)
    {
        RandomPeers.Send(_options.Topology, _options.Fanout, _payload.ComposePayload(ref turn), ref turn);
        if (--_timesLeft > 0)
        {
            turn.SetTimer(0, _options.PeriodNs);
        }
    }
}
