using Headroom.Audit.Reading;
using Headroom.Evidence.Samples;
using Headroom.Information.Codecs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Send;

/// <summary>
/// <c>send</c>: a stream of messages, sampled from files. What codecs make of them, each message for itself and all as one stream, beside
/// a reference: the least of context-tree weighting and every candidate.
/// </summary>
public sealed class SendStudy : Study<SendInput>
{
    /// <summary>Bytes that are read of a sample unless the activity says otherwise: context-tree weighting reads them all, in about a second.</summary>
    public const string ReadDefault = "512 KiB";

    private static readonly Key<IReadOnlyList<string>> SampleKey = Keys.Files("sample", "files that hold messages as they are before compression, older ones first").Required();
    private static readonly Key<Quantity> VolumeKey = Keys.Positive("volume", "3 TB/day", "bytes of messages, before compression");
    private static readonly Key<MessageRule> MessageKey = new Key<MessageRule>("message", "line | file | a fixed size such as 512 B", "what one message is in the sample", ReadRule).Or("line");
    private static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "the codec in use", SendCodecs.Forms).Or("none");
    private static readonly Key<string> PackKey = Keys.Choice("pack", "what `now` compresses at once: all messages as one stream, or each message for itself", "stream", "message").Or("stream");
    private static readonly Key<IReadOnlyList<StrategyCall>> StrategiesKey = Keys.Strategies("strategies", "the codecs to try, each per message and as a stream; a usual set where left out", SendCodecs.Forms);
    private static readonly Key<Quantity> ReadKey = Keys.Quantity("read", ReadDefault, "how much of the sample is read", "1 kB", "16 MiB").Or(ReadDefault);
    private static readonly Key<Quantity> RetrainKey = Keys.Quantity("retrain", "1 day", "how long a trained dictionary serves before the next is sent", "1 min").Or("1 day");
    private static readonly Key<long> CoresKey = Keys.Count("cores", "cores of the server that `prices: server` speaks of", 1, 4096).Or("1");
    private static readonly Key<string> IndependentKey = Keys.Choice("independent", "every message can be read without the others", "yes", "no").Or("no");
    private static readonly Key<Quantity> CpuKey = Keys.Positive("cpu", "20 s/GB", "CPU time at both ends together, judged where it is measured");
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must meet to count", IndependentKey, CpuKey);

    public static Metric BytesPerByte { get; } = new("bytes per byte", Unit.Ratio("B/B"), Side.Floor, "bytes on the wire, framing and dictionary counted, per byte of messages");

    public static Metric BytesPerByteAlone { get; } = new("bytes per byte alone", Unit.Ratio("B/B"), Side.Floor, "the same when every message is packed for itself");

    public static Metric BytesPerDay { get; } = new("bytes per day", Unit.BytePerDay, Side.Floor, "bytes on the wire per day");

    public static Metric Cpu { get; } = new("cpu", Unit.Parse("s/GB"), Side.Floor, "CPU seconds to compress and decompress a GB of messages, on this machine");

    public static Metric Cost { get; } = new("cost", Unit.DollarPerYear, Side.Floor, "egress and CPU together, with CPU as measured on this machine");

    public static ClaimTopic Ratio { get; } = new("ratio", Unit.Ratio("B/B"), "compression ratio: bytes of messages per byte on the wire");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "send",
        Summary = "a stream of messages, sampled from files: what compression saves, and what it costs",
        Keys = [SampleKey, VolumeKey, MessageKey, NowKey, PackKey, StrategiesKey, ReadKey, RetrainKey, CoresKey, GoalKey],
        Metrics = [BytesPerByte, BytesPerByteAlone, BytesPerDay, Cpu, Cost],
        Strategies = SendCodecs.Forms,
        ClaimTopics = [Ratio],
        Example = """
            sample: logs/*.log
            volume: 3 TB/day
            message: line          # or file, or a fixed size such as 512 B
            now: gzip(6)
            pack: stream           # or message: each compressed for itself
            goal: { independent: no, cpu: 40 s/GB }
            """,
    };

    protected override SendInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Sample sample = ReadSample(activity);
        (MessageBatch training, MessageBatch measured) = SendSplit.Halves(sample);
        StrategyCall now = activity.Get(NowKey);
        bool perMessage = activity.Get(PackKey) == "message";
        if (SendCodecs.UsesDictionary(now))
        {
            perMessage = activity.IsGiven(PackKey) && !perMessage
                ? throw activity.Fail(PackKey, "a dictionary serves messages packed for themselves: a stream learns on the way (write pack: message)")
                : true;
        }

        (Codec? codec, string? problem) = SendCodecs.Make(now, training);
        codec?.Dispose();
        if (problem is not null)
        {
            throw activity.Fail(NowKey, $"'{now}': {problem}");
        }

        bool independent = false;
        double? cpu = null;
        if (activity.TryGet(GoalKey, out Section? goal))
        {
            independent = goal.Get(IndependentKey) == "yes";
            cpu = goal.TryGet(CpuKey, out Quantity limit) ? limit.In("s/B") : null;
        }

        IReadOnlyList<StrategyCall> calls = activity.TryGet(StrategiesKey, out IReadOnlyList<StrategyCall>? given) ? given : SendCodecs.Usual;
        var input = new SendInput
        {
            Sample = sample,
            Training = training,
            Measured = measured,
            Now = new SendStrategy(now, perMessage),
            Strategies = BothWays(calls, new SendStrategy(now, perMessage)),
            BytesPerDay = activity.TryGet(VolumeKey, out Quantity volume) ? volume.In("B/day") : null,
            RetrainDays = activity.Get(RetrainKey).In("day"),
            MustBeIndependent = independent,
            CpuSecondsPerByteMax = cpu,
            Cores = activity.Get(CoresKey),
        };
        return input;
    }

    protected override StudyResult Run(SendInput input, StudyContext context) => SendFindings.Of(input, SendRun.Of(input, context), context);

    private static Sample ReadSample(Section activity)
    {
        try
        {
            return SampleReader.Read(activity.Get(SampleKey), activity.Get(MessageKey), (int)activity.Get(ReadKey).In("B"));
        }
        catch (SampleException e)
        {
            throw activity.Fail(SampleKey, $"'sample': {Path.GetFileName(e.Path)}: {e.Problem}");
        }
    }

    private static MessageRule ReadRule(Node node, ReadingContext context)
    {
        string text = Keys.ReadText("message", node, "line, file, or a fixed size such as 512 B");
        if (text is "line" or "file")
        {
            return text == "line" ? MessageRule.Line : MessageRule.File;
        }

        if (!char.IsAsciiDigit(text[0]))
        {
            throw new InputException(node.Mark, $"'message' is line, file, or a fixed size such as 512 B; found {node.Describe()}{Keys.DidYouMean(text, ["line", "file"])}");
        }

        double bytes = Keys.ReadQuantity("message", node, "512 B", Dimension.OfData, "1 B", "16 MiB").In(Unit.Byte);
        return bytes == Math.Floor(bytes) ? MessageRule.Fixed((int)bytes) : throw new InputException(node.Mark, $"'message' is a whole number of bytes; found {node.Describe()}");
    }

    /// <summary>Every codec per message and as a stream; a dictionary only per message; now among them.</summary>
    private static List<SendStrategy> BothWays(IReadOnlyList<StrategyCall> calls, SendStrategy now)
    {
        var all = new List<SendStrategy>();
        foreach (StrategyCall call in calls.Prepend(now.Call))
        {
            foreach (SendStrategy strategy in SendCodecs.UsesDictionary(call) ? [new SendStrategy(call, true)] : new[] { new SendStrategy(call, false), new SendStrategy(call, true) })
            {
                if (!all.Any(s => s.IsPerMessage == strategy.IsPerMessage && s.Call.Equals(strategy.Call)))
                {
                    all.Add(strategy);
                }
            }
        }

        return all;
    }
}
