using Headroom.Evidence.Samples;
using Headroom.Information.Estimation;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Send;

/// <summary>What a reader must know of the run: caps, split, framing, what did not run.</summary>
internal static class SendNotes
{
    public static List<string> Of(SendInput input, SendMeasurements run, SendReference reference, IReadOnlyList<SendMeasured> ran)
    {
        var notes = new List<string> { Read(input), Split(input) };
        notes.AddRange(input.Sample.Remarks);
        notes.Add("Framing: each message, or the one stream, carries its packed length in front, seven bits to a byte, whatever the strategy."
            + (input.IsSelfDelimiting ? "" : " Inside a stream every message carries its length as well, because files do not delimit themselves."));
        notes.Add(OrderZero(input, reference));
        if (run.Stream.IsTreeFull || run.AloneAfter.IsTreeFull)
        {
            notes.Add("Context-tree weighting stopped growing its tree at three million nodes: still a code, the reference is a little weaker.");
        }

        foreach (SendMeasured missing in run.Strategies.Where(m => m.Problem is not null))
        {
            notes.Add($"{missing.Strategy} did not run: {missing.Problem}.");
        }

        if (ran.Any(m => m.Strategy.Call.Name == "brotli"))
        {
            notes.Add("Brotli's decoders hold a static dictionary of 122,784 bytes, mostly words of the web; it is not counted.");
        }

        if (ran.Any(m => m.Time is null))
        {
            notes.Add("No CPU times: this system has no clock of a thread's CPU time that Headroom knows.");
        }

        return notes;
    }

    private static string Read(SendInput input)
    {
        string read = Human(input.Sample.BytesRead);
        string files = $"{input.Sample.Files.Count} file{(input.Sample.Files.Count == 1 ? "" : "s")}";
        string part = input.Sample.BytesRead == input.Sample.BytesInFiles
            ? $"{read} of messages, all of {files}"
            : $"{read} of {Human(input.Sample.BytesInFiles)} in {files}, the same share of each from its beginning (caps: `read`, and {SampleReader.MessagesMax} messages)";
        return $"Read: {part}; {input.Sample.Messages} messages, one per {input.Sample.Rule}.";
    }

    private static string Split(SendInput input) =>
        $"The older half of each file ({input.Training.Count} messages, {Human(input.Training.Bytes.Length)}) only trains dictionaries; "
        + $"every strategy is measured on the rest ({input.Measured.Count} messages, {Human(input.Measured.Bytes.Length)}), streams from an empty window.";

    private static string OrderZero(SendInput input, SendReference reference)
    {
        long[] counts = ByteEntropy.Counts(input.Measured.Bytes);
        double bits = 8 * reference.Least(perMessage: false).Value;
        return $"The entropy of single bytes (order 0) is {Print.Significant(ByteEntropy.PlugIn(counts), 4)} bits, {Print.Significant(ByteEntropy.MillerMadow(counts), 4)} with Miller and Madow's correction; "
            + $"it is no bound, since bytes depend on one another: the reference needs {Print.Significant(bits, 3)} bits a byte.";
    }

    private static string Human(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();
}
