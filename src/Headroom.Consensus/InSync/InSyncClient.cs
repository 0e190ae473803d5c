using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>A producer and a consumer in one member.</summary>
public sealed class InSyncClient(InSyncProducer producer, InSyncConsumer consumer) : IGroupClient
{
    public InSyncProducer Producer => producer;

    public int CallCount => producer.CallCount + consumer.CallCount;

    public bool IsDone => producer.IsDone && consumer.IsDone;

    public GroupCall Call(int index) => index < producer.CallCount ? producer.Call(index) : consumer.Call(index - producer.CallCount);

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Timer when input.Number >= InSyncProducer.TimerCount:
            case InputKind.Message when !input.Head.IsEmpty && input.Head[0] == (byte)InSyncVerb.FetchAnswer:
                consumer.On(input, ref turn);
                break;
            case InputKind.Timer or InputKind.Message:
                producer.On(input, ref turn);
                break;
            default:
                producer.On(input, ref turn);
                consumer.On(input, ref turn);
                break;
        }
    }
}
