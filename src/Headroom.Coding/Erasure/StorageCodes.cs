using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Erasure;

/// <summary>Codes by the names that people write: <c>replication(3)</c>, <c>rs(10,4)</c>, <c>lrc(12,2,2)</c>.</summary>
public static class StorageCodes
{
    private static readonly (string Name, string Arguments, int Count, Func<int[], ErasureCode> Create)[] Known =
    [
        ("replication", "replication(copies)", 1, a => new ReplicationCode(a[0])),
        ("rs", "rs(data shards, parity shards)", 2, a => new ReedSolomonCode(a[0], a[1])),
        ("lrc", "lrc(data shards, local parities, global parities)", 3, a => new LocallyRepairableCode(a[0], a[1], a[2])),
    ];

    /// <summary>How each is written.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Known.Select(code => code.Arguments)];

    public static bool TryParse(string text, [NotNullWhen(true)] out ErasureCode? code, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        code = null;
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? trimmed : trimmed[..open].TrimEnd();
        if (!Known.Any(known => known.Name == name))
        {
            string? near = NearestName.Of(name, Known.Select(known => known.Name));
            problem = $"no storage code '{(name.Length > 40 ? name[..40] : name)}'" + (near is null ? $" (there are {string.Join("; ", Forms)})" : $" (did you mean {near}?)");
            return false;
        }

        var form = Known.First(known => known.Name == name);
        string[] words = open < 0 || !trimmed.EndsWith(')') ? [] : trimmed[(open + 1)..^1].Split(',');
        int[] arguments = new int[words.Length];
        bool whole = words.Length == form.Count;
        for (int i = 0; i < words.Length && whole; i++)
        {
            whole = int.TryParse(words[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out arguments[i]);
        }

        problem = whole ? null : $"'{(trimmed.Length > 40 ? trimmed[..40] : trimmed)}' is written {form.Arguments} with whole numbers";
        return whole && TryCreate(name, arguments, out code, out problem);
    }

    /// <summary>The code of that name and those arguments; what does not fit the field or the layout is said.</summary>
    /// <exception cref="ArgumentException">An unknown name, or the wrong number of arguments.</exception>
    public static bool TryCreate(string name, IReadOnlyList<int> arguments, [NotNullWhen(true)] out ErasureCode? code, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var form = Known.FirstOrDefault(known => known.Name == name && known.Count == arguments.Count);
        if (form.Create is null)
        {
            throw new ArgumentException($"no storage code '{name}' of {arguments.Count} arguments", nameof(name));
        }

        problem = Problem(name, arguments);
        code = problem is null ? form.Create([.. arguments]) : null;
        return problem is null;
    }

    private static string? Problem(string name, IReadOnlyList<int> a)
    {
        long shards = name == "lrc" ? (long)a[0] + a[1] + a[2] : a.Sum(x => (long)x);
        return a.Any(x => x < 0) ? $"{name} takes no negative numbers"
            : a[0] < 1 ? $"{name} needs at least one {(name == "replication" ? "copy" : "data shard")}"
            : shards > ReedSolomonCode.MaxShards ? $"{name} of {shards} shards: the field GF(256) has room for {ReedSolomonCode.MaxShards}"
            : name == "lrc" && a[1] < 1 ? "lrc needs at least one local parity (rs has none)"
            : name == "lrc" && a[0] % a[1] != 0 ? $"{a[0]} data shards do not make {a[1]} equal groups"
            : null;
    }
}
