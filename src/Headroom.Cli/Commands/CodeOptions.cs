using System.CommandLine;
using System.Globalization;
using Headroom.Audit.Reading;
using Headroom.Coding.Erasure;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary>How a code is named on the command line: whole (<c>--code 'rs(10,4)'</c>), or by its parameters (<c>--code rs --k 10 --m 4</c>).</summary>
internal sealed class CodeOptions
{
    private readonly Option<string?> _code = new("--code") { Description = $"rs, lrc, clay, mbr or replication with the parameters below; or whole: 'rs(10,4)'" };
    private readonly Option<int?> _k = new("--k") { Description = "data shards" };
    private readonly Option<int?> _m = new("--m") { Description = "parity shards; copies but one of replication" };
    private readonly Option<int?> _l = new("--l") { Description = "lrc: local parities; in Ceph's layout the shards that a local parity covers" };
    private readonly Option<int?> _g = new("--g") { Description = "lrc: global parities" };
    private readonly Option<int?> _d = new("--d") { Description = "clay, mbr: helpers of a repair (all others where left out)" };
    private readonly Option<string?> _matrix = new("--matrix") { Description = "rs: cauchy, isa-cauchy, vandermonde or isa-vandermonde" };
    private readonly Option<string?> _layout = new("--layout") { Description = "lrc: azure (k, l, g), pyramid (the same, with the three global parities of before) or ceph (k, m, l)" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_code, _k, _m, _l, _g, _d, _matrix, _layout])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The code; null when none is named.</summary>
    /// <exception cref="InputException">Which option is missing, too many, or out of place.</exception>
    public ErasureCode? Read(ParseResult parsed)
    {
        string? name = parsed.GetValue(_code);
        Option[] given = [.. new Option[] { _k, _m, _l, _g, _d, _matrix, _layout }.Where(option => parsed.GetResult(option) is { Implicit: false })];
        if (name is null)
        {
            return given.Length == 0 ? null : throw Wrong(given[0].Name, "says a part of a code; --code is missing");
        }

        if (name.Contains('(', StringComparison.Ordinal))
        {
            return given.Length == 0 ? Parse(name) : throw Wrong(given[0].Name, $"--code {name} says it already");
        }

        (Option<int?>[] numbers, Option[] others) = Parameters(name, parsed.GetValue(_layout));
        Option? extra = given.FirstOrDefault(option => !numbers.Contains(option) && !others.Contains(option));
        if (extra is not null)
        {
            throw Wrong(extra.Name, $"{name} has no such parameter; it takes {string.Join(", ", numbers.Select(n => n.Name).Concat(others.Select(o => o.Name)))}");
        }

        Option<int?>? missing = numbers.FirstOrDefault(option => parsed.GetValue(option) is null && option != _d);
        if (missing is not null)
        {
            throw Wrong(missing.Name, $"is missing; {name} takes {string.Join(", ", numbers.Select(n => n.Name))}");
        }

        List<string> words = [.. numbers.Select(parsed.GetValue).OfType<int>().Select(n => n.ToString(CultureInfo.InvariantCulture))];
        words.AddRange(Word(parsed.GetValue(_matrix), "--matrix", ["cauchy", "isa-cauchy", "vandermonde", "isa-vandermonde"], "cauchy"));
        words.AddRange(Word(parsed.GetValue(_layout), "--layout", ["azure", "ceph", "pyramid"], "azure"));
        return name == "replication" ? Parse(string.Create(CultureInfo.InvariantCulture, $"replication({(long)parsed.GetValue(_m)!.Value + 1})")) : Parse($"{name}({string.Join(',', words)})");
    }

    private (Option<int?>[] Numbers, Option[] Others) Parameters(string name, string? layout) => name switch
    {
        "rs" => ([_k, _m], [_matrix]),
        "lrc" => (layout == "ceph" ? [_k, _m, _l] : [_k, _l, _g], [_layout]),
        "clay" or "mbr" => ([_k, _m, _d], []),
        "replication" => ([_m], []),
        _ => throw Wrong("--code", $"no code '{name}'" + (NearestName.Of(name, Names) is { } near ? $" (did you mean {near}?)" : $" (there are {string.Join(", ", Names)})")),
    };

    private static string[] Names => ["rs", "lrc", "clay", "mbr", "replication"];

    private static IEnumerable<string> Word(string? given, string option, string[] known, string usual) =>
        given is null || given == usual ? []
        : known.Contains(given) ? [given]
        : throw Wrong(option, $"no '{given}' (there are {string.Join(", ", known)})");

    private static ErasureCode Parse(string text) => StorageCodes.TryParse(text, out ErasureCode? code, out string? problem) ? code : throw Wrong("--code", problem);

    private static InputException Wrong(string place, string problem) => new(new Mark(place, 0, 0), problem);
}
