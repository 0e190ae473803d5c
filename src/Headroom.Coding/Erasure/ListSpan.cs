using System.Runtime.InteropServices;

namespace Headroom.Coding.Erasure;

/// <summary>A list as a span.</summary>
internal static class ListSpan
{
    /// <summary>Arrays and lists as they are; anything else copied.</summary>
    public static ReadOnlySpan<T> Of<T>(IReadOnlyList<T> list) => list switch
    {
        T[] array => array,
        List<T> grown => CollectionsMarshal.AsSpan(grown),
        _ => list.ToArray(),
    };
}
