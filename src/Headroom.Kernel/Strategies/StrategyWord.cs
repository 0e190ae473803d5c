namespace Headroom.Kernel.Strategies;

/// <summary>
/// A choice that a strategy leaves, written behind its numbers: <c>lrc(8,4,3,layout=ceph)</c>, or the word alone. The first word is what holds where none is written. No word stands in two choices of a strategy.
/// </summary>
public sealed record StrategyWord(string Name, params string[] Allowed)
{
    public string Default => Allowed[0];

    /// <summary><c>layout = azure|ceph</c>.</summary>
    public override string ToString() => $"{Name} = {string.Join('|', Allowed)}";
}
