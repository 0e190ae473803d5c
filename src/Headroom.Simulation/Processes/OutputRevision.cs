namespace Headroom.Simulation.Processes;

/// <summary>
/// How one process wraps another: it lets the inner one take its turn, then revises what that wants done: other heads on its messages, deliveries held back.
/// Outputs that the reviser adds follow those of the inner process and are not revised. Generic over the reviser, so that wrapping costs no allocation
/// and no virtual call, and wrappers may be wrapped again.
/// </summary>
public static class OutputRevision
{
    /// <summary>Where the outputs of what comes next will begin.</summary>
    public static int Mark(in Turn turn) => turn.Outbox.Count;

    /// <summary>Revises all outputs since the mark.</summary>
    public static void Revise<TReviser>(int mark, ref TReviser reviser, ref Turn turn)
        where TReviser : struct, IOutputReviser
    {
        Outbox outbox = turn.Outbox;
        int count = outbox.Count;
        int kept = mark;
        for (int i = mark; i < count; i++)
        {
            Output output = outbox.Outputs[i];
            if (output.Kind is OutputKind.Send or OutputKind.Pack)
            {
                int message = reviser.Send(output.Target, output.Handle, outbox.Head(output.Handle), outbox.Body(output.Handle), ref turn);
                if (message < 0)
                {
                    continue;
                }

                output = output with { Handle = message };
            }
            else if (output.Kind == OutputKind.Deliver && !reviser.Deliver(output.Handle, ref turn))
            {
                continue;
            }

            outbox.Set(kept++, output);
        }

        outbox.RemoveRange(kept, count);
    }
}
