using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;

namespace Headroom.Simulation.Processes;

/// <summary>
/// Runs single steps of processes outside the simulator (over sockets, or lines of text) and hands the outputs to a sink. Reused from step to
/// step; one runner serves one thread.
/// </summary>
public sealed class StepRunner
{
    private readonly MessagePool _messages = new();
    private readonly Outbox _outbox;

    public StepRunner()
    {
        _outbox = new Outbox(_messages);
    }

    public void Step<TProcess, TSink>(ref TProcess process, int self, in ProcessInput input, ClockReading clock, ref RandomStream random, ref TSink sink)
        where TProcess : struct, IProcess
        where TSink : IOutputSink
    {
        var turn = new Turn(self, clock, ref random, _outbox);
        try
        {
            process.On(input, ref turn);
            foreach (ref readonly Output output in _outbox.Outputs)
            {
                Hand(output, ref sink);
            }
        }
        finally
        {
            _outbox.Clear();
        }
    }

    private void Hand<TSink>(in Output output, ref TSink sink)
        where TSink : IOutputSink
    {
        switch (output.Kind)
        {
            case OutputKind.Send:
                sink.Send(output.Target, _messages.Head(output.Handle), _messages.Body(output.Handle), output.Urgent);
                break;
            case OutputKind.Pack:
                sink.Pack(output.Target, _messages.Head(output.Handle), _messages.Body(output.Handle), output.Number == 1);
                break;
            case OutputKind.SetTimer:
                sink.SetTimer(output.Target, output.Number);
                break;
            case OutputKind.CancelTimer:
                sink.CancelTimer(output.Target);
                break;
            case OutputKind.Persist:
                if (output.Target == 1)
                {
                    sink.PersistAnew(_messages.Head(output.Handle));
                }
                else
                {
                    sink.Persist(_messages.Head(output.Handle));
                }

                break;
            case OutputKind.Deliver:
                sink.Deliver(output.Handle);
                break;
            default:
                sink.Reply(output.Number, _messages.Head(output.Handle), _messages.Body(output.Handle));
                break;
        }
    }
}
