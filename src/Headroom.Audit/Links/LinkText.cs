using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headroom.Audit.Reading;
using Headroom.Evidence.Latencies;
using Headroom.Evidence.Traces;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>
/// How links behave, as it is typed on a command line and in a system file alike: <c>lognormal 10 ms 0.5</c>, <c>1 % in bursts of 8</c>,
/// <c>2 % by 20 ms</c>, <c>file:regions.csv</c>. What is wrong is an <see cref="InputException"/> at its place.
/// </summary>
public static class LinkText
{
    /// <summary>A value that stands in a file.</summary>
    public const string FilePrefix = "file:";

    /// <summary>Latencies and mean jitters are at most an hour.</summary>
    public const long TimeNsMax = 3_600_000_000_000;

    /// <summary>A burst is not longer on average.</summary>
    public const double BurstMax = 1e6;

    internal const string JitterForms = "10 ms (exponential), uniform 10 ms, lognormal 10 ms 0.5 (mean, sigma), or file:delays.txt";
    internal const string LossForms = "1 %, or 1 % in bursts of 8";
    internal const string ReorderingForms = "2 % by 20 ms (share held back, for how long)";
    internal const string LatencyForms = "40 ms, or file:regions.csv (a matrix between regions)";

    private static readonly string[] Shapes = ["exp", "exponential", "uniform", "lognormal", "log-normal"];

    /// <summary>A minimum latency, or a matrix of regions.</summary>
    public static LinkLatency Latency(string text, Place place, ReadingContext files)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            return new LinkLatency { Ns = Nanoseconds(text, place, $"a latency such as {LatencyForms}") };
        }

        string path = FileOf(text, place, files);
        (LatencyMatrix matrix, string digest) = EvidenceFile.Parse(path, whole => (LatencyMatrixReader.Read(new StringReader(whole)), DigestOf(whole)));
        return new LinkLatency { Matrix = matrix, File = Path.GetFileName(path), Digest = digest };
    }

    /// <summary>A mean, a shape with its mean, or a file of delays, one a line.</summary>
    public static Jitter Jitter(string text, Place place, ReadingContext files)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            string path = FileOf(text, place, files);
            return Simulation.Networks.Jitter.Empirical(new DelayTable([.. EvidenceFile.Parse(path, whole => DelayReader.Read(new StringReader(whole)))]));
        }

        string[] words = Words(text);
        bool hasShape = words.Length > 0 && words[0].All(c => char.IsAsciiLetter(c) || c == '-');
        string shape = hasShape ? words[0] : "exp";
        if (!Shapes.Contains(shape))
        {
            string? near = NearestName.Of(shape, Shapes);
            throw place.Fail($"no jitter has the shape '{Place.Shown(shape)}'" + (near is null ? $"; written are {JitterForms}" : $" (did you mean {near}?)"));
        }

        string[] rest = hasShape ? words[1..] : words;
        double? sigma = null;
        if (shape is "lognormal" or "log-normal")
        {
            if (rest.Length < 2 || !double.TryParse(rest[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double given))
            {
                throw place.Fail($"a log-normal jitter is written with its mean and sigma, 'lognormal 10 ms 0.5'; found '{Place.Shown(text)}'");
            }

            (sigma, rest) = (given, rest[..^1]);
        }

        return JitterOf(shape, Nanoseconds(string.Join(' ', rest), place, $"a jitter such as {JitterForms}"), sigma, place);
    }

    /// <summary>A share, with the mean length of its bursts where it falls in bursts.</summary>
    public static LinkLoss Loss(string text, Place place)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = Words(text);
        int at = Array.FindIndex(words, word => word is "burst" or "bursts");
        if (at < 0)
        {
            return new LinkLoss(Share(text, place, $"a loss is at least 0 and below 100%, such as {LossForms}"), null);
        }

        string[] length = [.. words[(at + 1)..].SkipWhile(word => word == "of")];
        string[] share = [.. words[..at].TakeWhile(word => word != "in")];
        if (length.Length != 1 || share.Length == 0 || !double.TryParse(length[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double mean))
        {
            throw place.Fail($"loss in bursts is written '1 % in bursts of 8', the messages lost in a row on average; found '{Place.Shown(text)}'");
        }

        return LossOf(Share(string.Join(' ', share), place, $"a loss is at least 0 and below 100%, such as {LossForms}"), mean, place);
    }

    /// <summary>Which share of the messages is held back, and for how long; no share for <c>0</c>.</summary>
    public static (double Share, long DelayNs) Reordering(string text, Place place)
    {
        ArgumentNullException.ThrowIfNull(text);
        int by = text.IndexOf(" by ", StringComparison.Ordinal);
        double share = Share(by < 0 ? text : text[..by], place, $"a share of reordered messages is at least 0 and below 100%, such as {ReorderingForms}");
        if (share == 0)
        {
            return (0, 0);
        }

        long delayNs = by < 0 ? 0 : Nanoseconds(text[(by + 4)..], place, $"a delay, as in {ReorderingForms},");
        return delayNs > 0 ? (share, delayNs) : throw place.Fail($"reordering is written {ReorderingForms}; found '{Place.Shown(text)}'");
    }

    /// <summary>At least 0 and below 1.</summary>
    public static double Share(string text, Place place, string expected)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Quantity.TryParse(text, out Quantity share, out string? problem)
            ? share.Dimension == Dimension.None && share.Base >= 0 && share.Base < 1 ? share.Base : throw place.Fail($"{expected}; found '{Place.Shown(text)}'")
            : throw place.Fail($"{expected}: {problem}");
    }

    /// <summary>The bytes that a sender's line holds: an amount of data, or null for <c>inf</c>.</summary>
    public static long? Queue(string text, Place place)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "inf" or "infinite")
        {
            return null;
        }

        bool isRead = Quantity.TryParse(text, out Quantity amount, out string? problem) && amount.Dimension == Dimension.OfData;
        double bytes = isRead ? Math.Floor(amount.In(Unit.Byte)) : 0;
        return bytes is >= 1 and <= 1e15 ? (long)bytes : throw place.Fail($"what a line's queue holds, such as 64 kB, or inf, is expected; found '{Place.Shown(text)}'{(problem is null ? "" : $": {problem}")}");
    }

    internal static Jitter JitterOf(string shape, long meanNs, double? sigma, Place place)
    {
        if (sigma is not null && shape is not ("lognormal" or "log-normal"))
        {
            throw place.Fail("only a log-normal jitter has a sigma");
        }

        return shape switch
        {
            "exp" or "exponential" => new Jitter(JitterShape.Exponential, meanNs),
            "uniform" => new Jitter(JitterShape.Uniform, meanNs),
            _ when meanNs == 0 => Simulation.Networks.Jitter.None,
            _ when sigma is > 0 and <= Simulation.Networks.Jitter.SigmaMax => Simulation.Networks.Jitter.LogNormal(meanNs, sigma.Value),
            _ => throw place.Fail($"a log-normal jitter needs a sigma, the standard deviation of the logarithm, above 0 and at most {Simulation.Networks.Jitter.SigmaMax}{(sigma is null ? "" : $"; found {Print.Significant(sigma.Value, 6)}")}"),
        };
    }

    internal static LinkLoss LossOf(double share, double burstMean, Place place) =>
        !(burstMean is >= 1 and <= BurstMax) ? throw place.Fail($"a burst is 1 to {Print.Significant(BurstMax, 7)} messages on average; found {Print.Significant(burstMean, 6)}")
        : share > burstMean / (burstMean + 1) ? throw place.Fail($"bursts of {Print.Significant(burstMean, 6)} messages, a good one apart at least, lose at most {LinkLoss.Percent(burstMean / (burstMean + 1))}")
        : new LinkLoss(share, burstMean);

    /// <summary>A time in whole nanoseconds, at least 0 and at most an hour; 0 needs no unit.</summary>
    internal static long Nanoseconds(string text, Place place, string expected)
    {
        // People write 5m for five minutes, and the unit of that name is min.
        string written = text.EndsWith('m') ? text + "in" : text;
        if (!Quantity.TryParse(written, out Quantity time, out string? problem))
        {
            throw place.Fail($"{expected} is expected: {problem}");
        }

        if (time.Dimension != Dimension.OfTime && !(time.Value == 0 && time.Dimension == Dimension.None))
        {
            throw place.Fail($"{expected} is expected; '{Place.Shown(text)}' {(time.Dimension == Dimension.None ? "has no unit" : $"is {time.Dimension}")}");
        }

        double ns = Math.Round(time.Base * 1e9);
        return ns < 0 ? throw place.Fail($"'{Place.Shown(text)}' is negative; a time of 0 or more is expected")
            : ns > TimeNsMax ? throw place.Fail($"'{Place.Shown(text)}' is more than 1 h")
            : (long)ns;
    }

    internal static string DigestOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static string FileOf(string text, Place place, ReadingContext files)
    {
        ArgumentNullException.ThrowIfNull(files);
        string name = text[FilePrefix.Length..].Trim();
        return name.Length == 0 ? throw place.Fail("a file's name belongs behind file:") : InputFiles.One(place.Key.Length == 0 ? "file" : place.Key, name, place.Mark, files);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
