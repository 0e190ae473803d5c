using Headroom.Information.ContextTrees;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Send;

/// <summary>The least that context-tree weighting or any strategy reached, for messages alone and for all ways.</summary>
internal sealed class SendReference
{
    private readonly SendInput _input;
    private readonly (string Name, double Value, bool IsPerMessage)[] _all;

    public SendReference(SendInput input, SendMeasurements run, IEnumerable<SendMeasured> ran)
    {
        _input = input;
        _all =
        [
            ("context-tree weighting, one stream", PerByte(run.Stream), false),
            ("context-tree weighting, each message from nothing", PerByte(run.Alone), true),
            ("context-tree weighting, each message after the training half", PerByte(run.AloneAfter), true),
            .. ran.Select(m => (m.Strategy.ToString(), SendFindings.BytesPerByte(input, m), m.Strategy.IsPerMessage)),
        ];
    }

    /// <summary>What gives the reference, and its bytes per byte.</summary>
    public (string Name, double Value) Least(bool perMessage)
    {
        (string name, double value, _) = _all.Where(r => r.IsPerMessage || !perMessage).MinBy(r => r.Value);
        return (name, value);
    }

    public Limit Limit(bool perMessage, StudyContext context, bool withMoney)
    {
        (string name, double value) = Least(perMessage);
        string whose = perMessage ? "each message packed for itself" : "messages packed in any way";
        return Kernel.Findings.Limit.Reference(
            perMessage ? "information.reference-alone" : "information.reference",
            "the least of context-tree weighting and every strategy",
            value,
            Side.Floor,
            $"bytes per byte on the measured half, {whose}, framing counted, and what must be shared before spread over {Shown()}; here {name}. "
                + "Context-tree weighting: ideal code length over tree sources with contexts of 0, 1, 2, 3, 5, 8, 12 or 16 bytes. No theorem: a better model may go lower.",
            Provenance.Computed($"{name}, on {_input.Measured.Bytes.Length} bytes"),
            withMoney ? Money.Of(("egress", SendFindings.EgressPerYear(_input, context, value))) : null);
    }

    private double PerByte(ReferenceSize size) =>
        ((double)size.SentBytes / _input.Measured.Bytes.Length) + (size.SharedBytes / _input.BytesPerDictionary);

    private string Shown() => _input.BytesPerDay is null
        ? "the measured half alone"
        : $"{new Quantity(_input.RetrainDays, Unit.Parse("day")).ToHumanString()} of the volume";
}
