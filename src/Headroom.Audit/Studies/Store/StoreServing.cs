using Headroom.Audit.Report;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>
/// Disks by temperature: data need as many as hold them, or as many as serve their reads, whichever is more. Cold data pay for bytes, hot data for seeks, so each code
/// is flat up to some number of reads and grows with them beyond; where two cross is the break-even.
/// </summary>
internal sealed class StoreServing
{
    private const double DaySeconds = 86400;
    private const int LinesMax = 7;

    private readonly StoreInput _input;
    private readonly double _perByteYear;
    private readonly IReadOnlyList<StoreOption> _options;
    private readonly Dictionary<string, double> _diskSeconds;

    public StoreServing(StoreInput input, double perByteYear, IReadOnlyList<StoreOption> shown)
    {
        (_input, _perByteYear) = (input, perByteYear);
        _options = [.. shown.Where(option => option.MeetsGoals || option.Code.Name == input.Now.Name)];
        _diskSeconds = _options.ToDictionary(option => option.Code.Name, option => StoreReads.DiskSeconds(input, option));
    }

    public Finding Finding(StudyContext context)
    {
        Candidate[] single = [.. _options.Select(option => Candidate(option.Code.Name, tier => option) with { MissedGoals = option.MissedGoals })];
        Candidate tiered = Candidate("by temperature", Best) with { Note = string.Join(", ", _input.Tiers.Select(tier => $"{tier.Name}: {Best(tier)?.Code.Name ?? "none"}")) };
        Candidate[] candidates = _options.Any(option => option.MeetsGoals) ? [.. single, tiered] : single;
        double least = _perByteYear * _input.System.DataBytes;
        var limit = Limit.Reference("store.disks", "disks for the data once, at the price of storage", least, Kernel.Bounds.Side.Floor,
            "disks that hold every byte once; surviving failures and serving reads take more", Provenance.Model("bytes times price"));
        Candidate now = single.First(candidate => candidate.Strategy == _input.Now.Name);
        var advice = new Advice(
            $"A code for each temperature ({tiered.Note}) costs {Dollars(tiered.Value.Value)} a year, {_input.Now} for all {Dollars(now.Value.Value)}.",
            $"Data that warm up again are recoded, and a code more is one more to run. {Crossings()}",
            "a model: disks by bytes or by seeks and transfers, at the price of storage; caches in front, and objects so hot that one disk cannot serve them, are not in it");
        return context.Compose(StoreKeys.Serving, false, now, candidates, limit, advice);
    }

    /// <summary>Cost against reads of an object and day, one line a code, with the crossings in words.</summary>
    public Exhibit Exhibit(Finding serving)
    {
        string[] wanted = [_input.Now.Name, .. _input.Tiers.Select(tier => Best(tier)?.Code.Name ?? ""), .. _options.Select(option => option.Code.Name)];
        StoreOption[] drawn = [.. wanted.Distinct().Select(name => _options.FirstOrDefault(option => option.Code.Name == name)).OfType<StoreOption>().Take(LinesMax)];
        double[] accesses = [.. Enumerable.Range(0, 61).Select(i => Headroom.Kernel.Arithmetic.Elementary.Pow(10, -3 + (i / 10.0)))];
        return new LineExhibit("Cost against temperature",
            $"Disks for a terabyte of data and its reads, a year, against reads of an object and day. {Crossings()}",
            new Axis("reads of an object", "/day", IsLog: true), new Axis("cost", "$/TB/y", IsLog: true),
            [.. drawn.Select(option => new LineSeries(option.Code.Name, [.. accesses.Select(a => (a, Cost(option, 1e12, a)))],
                option.Code.Name == _input.Now.Name ? Role.Now : option.Code.Name == serving.Best?.Strategy ? Role.Best : Role.Candidate))]);
    }

    /// <summary>Dollars a year for so many bytes, each object of which is read so often.</summary>
    public double Cost(StoreOption option, double bytes, double accessesPerDay)
    {
        double busy = bytes / _input.Sizes.Sum(size => size.Share * size.Bytes) * accessesPerDay / DaySeconds * _diskSeconds[option.Code.Name];
        return Math.Max(bytes * option.Code.Overhead, busy * _input.Reading!.DiskBytes) * _perByteYear;
    }

    private StoreOption? Best(StoreTier tier) => _options.Where(option => option.MeetsGoals)
        .MinBy(option => (Cost(option, 1, tier.AccessesPerDay) * (1 + 1e-12), StoreReads.P99(_input, option)));

    private Candidate Candidate(string name, Func<StoreTier, StoreOption?> choice)
    {
        double dollars = _input.Tiers.Sum(tier => choice(tier) is { } option ? Cost(option, tier.Share * _input.System.DataBytes, tier.AccessesPerDay) : double.PositiveInfinity);
        return new Candidate(name, Estimate.Exact(dollars, Provenance.Model("disks by bytes or by reads, whichever need more"))) { Money = double.IsFinite(dollars) ? Money.Of(("storage", dollars)) : null };
    }

    /// <summary>Where today's code, or copies, become no dearer than each cheaper one: today's bytes cost what the other's seeks do.</summary>
    private string Crossings()
    {
        StoreOption hot = _options.MaxBy(option => (option.Code.Name == _input.Now.Name ? 1 : 0, option.Code.Overhead))!;
        StoreOption[] others = [.. _options.Where(option => option.Code.Overhead < hot.Code.Overhead && option.MeetsGoals && _diskSeconds[option.Code.Name] > _diskSeconds[hot.Code.Name] * (1 + 1e-12))
            .OrderBy(option => option.Code.Overhead).Take(4)];
        return others.Length == 0 ? $"No code that stores less than {hot.Code} and meets the goals serves its reads at a higher cost."
            : $"{hot.Code} breaks even with " + string.Join(", ", others.Select(option => $"{option.Code} at {Print.Significant(BreakEven(hot, option), 3)}")) + " reads of an object and day.";
    }

    /// <summary>The reads a day from which on the code of more bytes and fewer seeks is no dearer.</summary>
    public double BreakEven(StoreOption hot, StoreOption cold) =>
        hot.Code.Overhead / _input.Reading!.DiskBytes * _input.Sizes.Sum(size => size.Share * size.Bytes) * DaySeconds / _diskSeconds[cold.Code.Name];

    private static string Dollars(double perYear) => $"{Print.Significant(Math.Round(perYear), 6)} $";
}
