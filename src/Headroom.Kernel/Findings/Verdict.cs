namespace Headroom.Kernel.Findings;

/// <summary>How a value of ours stands to a bound.</summary>
public enum Verdict
{
    /// <summary>A reference, not a theorem: there is nothing to judge.</summary>
    None,

    /// <summary>The interval holds the bound and is at most 1 % wide.</summary>
    Attained,

    /// <summary>Room is left, or the interval is too wide to tell.</summary>
    Open,

    /// <summary>The theorem does not speak of this value.</summary>
    OutsideRegime,

    /// <summary>A measurement of ours that beats a theorem: a bug, never hidden.</summary>
    Violated,
}
