using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>A trained zstd dictionary, or why there is none: training needs several messages, and the library must be there.</summary>
public sealed record ZstdDictionary
{
    private ZstdDictionary(byte[] bytes, string? problem) => (Bytes, Problem) = (bytes, problem);

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Why nothing was trained, or null.</summary>
    public string? Problem { get; }

    /// <summary>
    /// Trains on the messages by the library's default (fast cover, one thread, deterministic); the result may be smaller than asked.
    /// </summary>
    /// <param name="messages">The training half. What is measured must not be among it.</param>
    /// <param name="sizeMax">Bytes, at least 256 (zstd's own least).</param>
    public static ZstdDictionary Train(MessageBatch messages, int sizeMax)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeMax, 256);
        if (!ZstdLibrary.IsAvailable)
        {
            return new ZstdDictionary([], ZstdLibrary.Problem);
        }

        // The library reads past its samples' end by words when there are very few of them; it says so itself by an error below this.
        nuint[] sizes = [.. Enumerable.Range(0, messages.Count).Select(i => (nuint)messages[i].Length).Where(size => size > 0)];
        if (sizes.Length < 8 || messages.Bytes.Length < 128)
        {
            return new ZstdDictionary([], $"a dictionary needs at least 8 messages and 128 bytes to train on, there are {sizes.Length} and {messages.Bytes.Length}");
        }

        byte[] dictionary = new byte[sizeMax];
        nuint written = ZstdNative.ZDICT_trainFromBuffer(dictionary, (nuint)sizeMax, messages.Bytes, sizes, (uint)sizes.Length);
        return ZstdNative.ZDICT_isError(written) != 0
            ? new ZstdDictionary([], $"no dictionary of {sizeMax} bytes could be trained: {Marshal.PtrToStringUTF8(ZstdNative.ZDICT_getErrorName(written))}")
            : new ZstdDictionary(dictionary.AsSpan(0, (int)written).ToArray(), null);
    }
}
