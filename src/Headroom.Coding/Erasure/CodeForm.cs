namespace Headroom.Coding.Erasure;

/// <summary>One way of writing a code: its name, the word that may follow its numbers, and what is wrong with numbers that do not fit.</summary>
internal sealed record CodeForm(string Name, string Variant, string Written, Func<int[], ErasureCode> Create)
{
    /// <summary>The least value of each number: as many as there are numbers.</summary>
    public required int[] Least { get; init; }

    /// <summary>The shards of a stripe.</summary>
    public Func<int[], long> Shards { get; init; } = a => a.Sum(x => (long)x);

    /// <summary>The last number where it may be left out.</summary>
    public Func<int[], int>? Default { get; init; }

    /// <summary>What else does not fit, or null.</summary>
    public Func<int[], string?> Problem { get; init; } = _ => null;

    /// <summary>The names of the numbers, for messages.</summary>
    private string[] Numbers => [.. Written[(Written.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Select(word => word.Trim())];

    public bool Takes(int count) => count == Least.Length || (Default is not null && count == Least.Length - 1);

    public int[] Complete(IReadOnlyList<int> arguments) => arguments.Count == Least.Length ? [.. arguments] : [.. arguments, Default!([.. arguments])];

    public string? Refusal(int[] arguments)
    {
        if (arguments.Any(x => x < 0))
        {
            return $"{Name} takes no negative numbers";
        }

        // A number that may be left out is judged by the rule of its own.
        int judged = Default is null ? arguments.Length : arguments.Length - 1;
        int low = Enumerable.Range(0, judged).FirstOrDefault(i => arguments[i] < Least[i], -1);
        return low >= 0 ? $"{Name} needs at least {(Least[low] == 1 ? $"one {Singular(Numbers[low])}" : $"{Least[low]} {Numbers[low]}")}"
            : Shards(arguments) > ReedSolomonCode.MaxShards ? $"{Name} of {Shards(arguments)} shards: the field GF(256) has room for {ReedSolomonCode.MaxShards}"
            : Problem(arguments);
    }

    private static string Singular(string plural) => plural.EndsWith("ies", StringComparison.Ordinal) ? plural[..^3] + "y" : plural[..^1];
}
