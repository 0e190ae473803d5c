using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>Rounds of push gossip with one call a round until everybody has it: log2 n + ln n + O(1) with high probability [pittel1987, theorem].</summary>
public static class PushRounds
{
    /// <summary>The leading terms; the difference from the mean stays bounded as n grows.</summary>
    public static double Leading(double members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        return Elementary.Log2(members) + Elementary.Log(members);
    }
}
