using Headroom.Audit.Claims;
using Headroom.Audit.Report;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Send;

/// <summary>Turns what was measured into findings, an exhibit, notes and judged claims.</summary>
internal static class SendFindings
{
    private const double DaysPerYear = 365.25;

    public static StudyResult Of(SendInput input, SendMeasurements run, StudyContext context)
    {
        SendMeasured[] ran = [.. run.Strategies.Where(m => m.Size is not null)];
        var reference = new SendReference(input, run, ran);
        var findings = new List<Finding> { Headline(input, ran, reference, context) };
        if (!input.MustBeIndependent)
        {
            findings.Add(Alone(input, ran, reference, context));
        }

        if (input.BytesPerDay is { } perDay)
        {
            findings.Add(PerDay(findings[0], perDay, context));
        }

        if (ran.All(m => m.Time is not null))
        {
            findings.AddRange(SendCosts.Of(input, ran, reference, context));
        }

        return new StudyResult
        {
            Findings = findings,
            Exhibits = [Bars(findings[0])],
            Judged = [.. context.Claims.Where(c => c.Metric == SendStudy.Ratio.Name).Select(c => Judge(c, findings))],
            Notes = SendNotes.Of(input, run, reference, ran),
        };
    }

    /// <summary>Bytes on the wire per byte of messages, what is shared once spread over what it serves.</summary>
    public static double BytesPerByte(SendInput input, SendMeasured measured) =>
        ((double)measured.Size!.SentBytes / input.Measured.Bytes.Length) + (measured.Size.SharedBytes / input.BytesPerDictionary);

    /// <summary>Dollars of egress per year at that many bytes per byte, or null without a price or a volume.</summary>
    public static double? EgressPerYear(SendInput input, StudyContext context, double bytesPerByte) =>
        context.Prices.EgressPerByte() * input.BytesPerDay * bytesPerByte * DaysPerYear;

    public static string[] MissedGoals(SendInput input, SendMeasured measured) =>
        input.MustBeIndependent && !measured.Strategy.IsPerMessage ? ["independent: a message needs all before it"] : [];

    private static Finding Headline(SendInput input, SendMeasured[] ran, SendReference reference, StudyContext context)
    {
        Candidate[] candidates = [.. ran.Select(m => Candidate(input, m, context) with { MissedGoals = MissedGoals(input, m) })];
        Candidate now = candidates.Single(c => c.Strategy == input.Now.ToString());
        Limit limit = reference.Limit(perMessage: input.MustBeIndependent, context, withMoney: true);
        return context.Compose(SendStudy.BytesPerByte, true, now, candidates, limit, SendAdvice.Of(input, now, candidates, limit));
    }

    /// <summary>What it would cost if every message had to be readable alone; now's codec stands for now.</summary>
    private static Finding Alone(SendInput input, SendMeasured[] ran, SendReference reference, StudyContext context)
    {
        Candidate[] candidates = [.. ran.Where(m => m.Strategy.IsPerMessage).Select(m => Candidate(input, m, context) with { Money = null })];
        Candidate now = candidates.Single(c => c.Strategy == (input.Now with { IsPerMessage = true }).ToString());
        Limit limit = reference.Limit(perMessage: true, context, withMoney: false);
        return context.Compose(SendStudy.BytesPerByteAlone, false, now, candidates, limit, SendAdvice.OfAlone(input, now, candidates));
    }

    private static Finding PerDay(Finding headline, double perDay, StudyContext context)
    {
        Provenance volume = Provenance.Stated("the activity's volume");
        Candidate Times(Candidate c) => c with
        {
            Value = c.Value.Scaled(perDay, 0, Provenance.Derived("volume times bytes per byte", c.Value.Provenance, volume)),
            Note = "",
        };
        Limit limit = headline.Limit! with
        {
            Value = Kernel.Bounds.BoundValue.Of(headline.Limit!.Value.Number!.Value * perDay),
            Provenance = Provenance.Derived("volume times bytes per byte", headline.Limit.Provenance, volume),
            Regime = $"the volume times: {headline.Limit.Regime}",
        };
        return context.Compose(SendStudy.BytesPerDay, false, Times(headline.Now), [.. headline.Candidates.Select(Times)], limit, headline.Advice);
    }

    private static Candidate Candidate(SendInput input, SendMeasured measured, StudyContext context)
    {
        double value = BytesPerByte(input, measured);
        Information.Codecs.CodecSize size = measured.Size!;
        Provenance computed = Provenance.Computed($"{size.Library} on {size.Messages} messages of {input.Measured.Bytes.Length} bytes, every one decoded and compared");
        Provenance provenance = size.SharedBytes > 0 && input.BytesPerDay is not null
            ? Provenance.Derived("bytes per byte with the dictionary spread over the volume", computed, Provenance.Stated("the activity's volume"))
            : computed;
        return new Candidate(measured.Strategy.ToString(), Estimate.Exact(value, provenance))
        {
            Money = Money.Of(("egress", EgressPerYear(input, context, value))),
            Note = Note(input, size, value),
        };
    }

    private static string Note(SendInput input, Information.Codecs.CodecSize size, double value)
    {
        string bits = $"{Print.Significant(8 * value, 3)} bits per byte, {Print.Significant(100.0 * size.FramingBytes / Math.Max(1, size.SentBytes), 2)} % of it framing";
        if (size.SharedBytes == 0)
        {
            return bits;
        }

        double alone = (size.SentBytes + size.SharedBytes) / (double)input.Measured.Bytes.Length;
        string spread = input.BytesPerDay is null
            ? "counted against the measured half alone"
            : $"sent once in {Print.Significant(input.RetrainDays, 3)} day{(input.RetrainDays == 1 ? "" : "s")} of the volume, if it serves that long as well as here; counted against the measured half alone it would be {Print.Significant(alone, 3)} B/B";
        return $"{bits}; a dictionary of {size.SharedBytes} bytes, {spread}";
    }

    private static BarExhibit Bars(Finding headline)
    {
        var bars = new List<Bar>();
        foreach (Candidate candidate in headline.Candidates)
        {
            Role role = candidate.Strategy == headline.Now.Strategy ? Role.Now : candidate.Strategy == headline.Best?.Strategy ? Role.Best : Role.Candidate;
            bars.Add(new Bar(candidate.Strategy, candidate.Value.Value, role));
        }

        bars.Add(new Bar("reference", headline.Limit!.Value.Number!.Value, Role.Limit));
        return new BarExhibit("Bytes by codec", "Bytes on the wire per byte of messages on the measured half of the sample, framing and dictionaries counted.",
            new Axis("bytes per byte", "B/B"), bars);
    }

    /// <summary>A ratio is judged as its inverse.</summary>
    private static JudgedClaim Judge(Claim claim, List<Finding> findings)
    {
        double ratio = claim.Value.Base;
        if (!(ratio > 0))
        {
            return new JudgedClaim(claim, ClaimVerdict.Undecided, "a compression ratio is above zero");
        }

        Claim inverse = claim with { Metric = SendStudy.BytesPerByte.Name, Value = new Quantity(1 / ratio, SendStudy.BytesPerByte.Unit) };
        JudgedClaim judged = ClaimJudge.Judge(inverse, findings);
        double reference = findings[0].Limit!.Value.Number!.Value;
        string best = reference > 0 ? $"; the reference, {Print.Significant(reference, 3)} B/B, is a ratio of {Print.Significant(1 / reference, 3)} on this sample" : "";
        return judged with { Claim = claim, Why = $"{Print.Significant(ratio, 4)} to 1 is {Print.Significant(1 / ratio, 3)} B/B: {judged.Why}{best}" };
    }
}
