using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Erasure;

/// <summary>Codes by the names that people write: <c>replication(3)</c>, <c>rs(10,4)</c>, <c>lrc(12,2,2)</c>, <c>mbr(10,4,13)</c>.</summary>
public static class StorageCodes
{
    private static readonly CodeForm[] Known =
    [
        new("replication", "", "replication(copies)", a => new ReplicationCode(a[0])) { Least = [1] },
        new("rs", "", "rs(data shards, parity shards)", a => new ReedSolomonCode(a[0], a[1])) { Least = [1, 0] },
        new("rs", "isa-cauchy", "rs(data shards, parity shards, isa-cauchy)", a => new ReedSolomonCode(a[0], a[1])) { Least = [1, 0] },
        new("rs", "vandermonde", "rs(data shards, parity shards, vandermonde)", a => new ReedSolomonCode(a[0], a[1], ReedSolomonMatrix.Vandermonde)) { Least = [1, 0] },
        new("rs", "isa-vandermonde", "rs(data shards, parity shards, isa-vandermonde)", a => new ReedSolomonCode(a[0], a[1], ReedSolomonMatrix.IsaVandermonde))
        {
            Least = [1, 0],
            Problem = a => ReedSolomonCode.Refusal(a[0], a[1], ReedSolomonMatrix.IsaVandermonde),
        },
        new("rs", "wide", "rs(data shards, parity shards, wide)", a => new WideReedSolomonCode(a[0], a[1]))
        {
            Least = [1, 0],
            Shards = _ => 0,
            Problem = a => WideReedSolomonCode.Refusal(a[0], a[1]),
        },
        new("lrc", "", "lrc(data shards, local parities, global parities)", a => new LocallyRepairableCode(a[0], a[1], a[2]))
        {
            Least = [1, 1, 0],
            Problem = a => LocallyRepairableCode.Refusal(a[0], a[1]),
        },
        new("lrc", "pyramid", "lrc(data shards, local parities, 3, pyramid)", a => new LocallyRepairableCode(a[0], a[1], a[2], pyramid: true))
        {
            Least = [1, 1, 0],
            Problem = a => LocallyRepairableCode.PyramidRefusal(a[0], a[1], a[2]),
        },
        new("lrc", "ceph", "lrc(data shards, global parities, shards in a group, ceph)", a => new CephLocallyRepairableCode(a[0], a[1], a[2]))
        {
            Least = [1, 1, 1],
            Shards = a => (long)a[0] + a[1],
            Problem = a => CephLocallyRepairableCode.Refusal(a[0], a[1], a[2]),
        },
        new("clay", "", "clay(data shards, parity shards, helpers)", a => new ClayCode(a[0], a[1], a[2]))
        {
            Least = [1, 2, 1],
            Shards = a => (long)a[0] + a[1],
            Default = a => (int)Math.Min(int.MaxValue, (long)a[0] + a[1] - 1),
            Problem = a => ClayCode.Refusal(a[0], a[1], a[2]),
        },
        new("mbr", "", "mbr(data shards, parity shards, helpers)", a => new MinimumBandwidthCode(a[0], a[1], a[2]))
        {
            Least = [1, 1, 1],
            Shards = a => (long)a[0] + a[1],
            Default = a => (int)Math.Min(int.MaxValue, (long)a[0] + a[1] - 1),
            Problem = a => MinimumBandwidthCode.Refusal(a[0], a[1], a[2]),
        },
    ];

    /// <summary>How each is written.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Known.Select(code => code.Written)];

    /// <summary>Reads a code as people write it; otherwise says in a line what is wrong and how it is written.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ErasureCode? code, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        code = null;
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? trimmed : trimmed[..open].TrimEnd();
        CodeForm[] forms = [.. Known.Where(known => known.Name == name)];
        if (forms.Length == 0)
        {
            string? near = NearestName.Of(name, Known.Select(known => known.Name));
            problem = $"no storage code '{Short(name)}'" + (near is null ? $" (there are {string.Join("; ", Forms)})" : $" (did you mean {near}?)");
            return false;
        }

        string[] words = open < 0 || !trimmed.EndsWith(')') ? [] : [.. trimmed[(open + 1)..^1].Split(',').Select(word => word.Trim())];
        bool isVariant = words.Length > 0 && words[^1].Length > 0 && char.IsAsciiLetter(words[^1][0]);
        string[] numbers = isVariant ? words[..^1] : words;
        string variant = isVariant ? Variant(words[^1]) : "";
        int[] arguments = new int[numbers.Length];
        bool whole = forms.Any(form => form.Variant == variant && form.Takes(numbers.Length));
        for (int i = 0; i < numbers.Length && whole; i++)
        {
            whole = int.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out arguments[i]);
        }

        problem = whole ? null : $"'{Short(trimmed)}' is written {string.Join(" or ", forms.Select(form => form.Written))} with whole numbers";
        return whole && TryCreate(name, arguments, out code, out problem, variant);
    }

    /// <summary>
    /// Reads a code as a manifest says it, to the letter of <see cref="ErasureCode.ManifestName"/>: without a word <c>lrc(12,2,3)</c> is a pyramid there, as it was when the first were written.
    /// </summary>
    public static bool TryParseManifest(string text, [NotNullWhen(true)] out ErasureCode? code, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!TryParse(text.Replace(",recoverable)", ")", StringComparison.Ordinal), out code, out problem))
        {
            return false;
        }

        if (code.ManifestName != text && TryParse(code.Name.Replace(")", ",pyramid)", StringComparison.Ordinal), out ErasureCode? pyramid, out _))
        {
            code = pyramid;
        }

        problem = code.ManifestName == text ? null : $"'{Short(text)}' would be written {code.ManifestName}";
        code = problem is null ? code : null;
        return problem is null;
    }

    /// <summary>The code of that name, those arguments and that variant (<c>ceph</c>, or none); what does not fit the field or the layout is said.</summary>
    /// <exception cref="ArgumentException">An unknown name, or the wrong number of arguments.</exception>
    public static bool TryCreate(string name, IReadOnlyList<int> arguments, [NotNullWhen(true)] out ErasureCode? code, [NotNullWhen(false)] out string? problem, string variant = "")
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CodeForm form = Known.FirstOrDefault(known => known.Name == name && known.Variant == variant && known.Takes(arguments.Count))
            ?? throw new ArgumentException($"no storage code '{name}' of {arguments.Count} arguments", nameof(name));
        int[] complete = form.Complete(arguments);
        problem = form.Refusal(complete);
        code = problem is null ? form.Create(complete) : null;
        return problem is null;
    }

    /// <summary>The word, with the name of its choice before it or not; none for what holds without a word.</summary>
    private static string Variant(string word) => (word.StartsWith("matrix=", StringComparison.Ordinal) || word.StartsWith("layout=", StringComparison.Ordinal) || word.StartsWith("field=", StringComparison.Ordinal)
        ? word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : word) is var bare && bare is "cauchy" or "azure" or "byte" ? "" : bare;

    private static string Short(string text) => text.Length > 40 ? text[..40] : text;
}
