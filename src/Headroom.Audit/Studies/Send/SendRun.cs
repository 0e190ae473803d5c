using Headroom.Information.Codecs;
using Headroom.Information.ContextTrees;

namespace Headroom.Audit.Studies.Send;

/// <summary>One strategy on the measured half: its size, its time, or why it did not run.</summary>
internal sealed record SendMeasured(SendStrategy Strategy, CodecSize? Size, CodecTime? Time, string? Problem);

/// <summary>What the run of a <c>send</c> activity gave.</summary>
internal sealed record SendMeasurements(IReadOnlyList<SendMeasured> Strategies, ReferenceSize Stream, ReferenceSize Alone, ReferenceSize AloneAfter);

/// <summary>Runs every strategy on the measured half, and context-tree weighting beside them.</summary>
internal static class SendRun
{
    public static SendMeasurements Of(SendInput input, StudyContext context)
    {
        context.Report(0.02, "context-tree weighting");
        ReferenceSize? stream = null;
        ReferenceSize? alone = null;
        ReferenceSize? after = null;
        void Check() => context.Cancellation.ThrowIfCancellationRequested();
        bool ends = input.IsSelfDelimiting;
        MessageBatch streamed = SendSplit.AsStream(input.Measured, ends);
        Parallel.Invoke(
            () => after = ContextTreeReference.PerMessageAfter(input.Training, input.Measured, ends, Check),
            () =>
            {
                stream = ContextTreeReference.Stream(streamed, selfDelimiting: false, Check);
                alone = ContextTreeReference.PerMessage(input.Measured, ends, Check);
            });
        var measured = new List<SendMeasured>();
        for (int i = 0; i < input.Strategies.Count; i++)
        {
            SendStrategy strategy = input.Strategies[i];
            context.Report(0.5 + (0.5 * i / input.Strategies.Count), strategy.ToString());
            measured.Add(Measure(strategy, input, streamed));
        }

        return new SendMeasurements(measured, stream!, alone!, after!);
    }

    private static SendMeasured Measure(SendStrategy strategy, SendInput input, MessageBatch streamed)
    {
        (Codec? made, string? problem) = SendCodecs.Make(strategy.Call, input.Training);
        using Codec? codec = made;
        if (codec is null)
        {
            return new SendMeasured(strategy, null, null, problem);
        }

        MessageBatch batch = strategy.IsPerMessage ? input.Measured : streamed;
        CodecSize size = strategy.IsPerMessage ? Measurement.PerMessage(codec, batch) : Measurement.Stream(codec, batch);
        return new SendMeasured(strategy, size, Measurement.Time(codec, batch, !strategy.IsPerMessage), null);
    }
}
