namespace Headroom.Evidence.Samples;

/// <summary>The messages taken from one file: their bytes and where each ends.</summary>
public sealed record SampleFile(string Path, long FileBytes, byte[] Bytes, IReadOnlyList<int> Ends);

/// <summary>What was read of a sample: whole messages from the beginning of each file, no more in all than the cap.</summary>
public sealed record Sample(MessageRule Rule, IReadOnlyList<SampleFile> Files)
{
    public int Messages => Files.Sum(file => file.Ends.Count);

    public long BytesRead => Files.Sum(file => (long)file.Bytes.Length);

    public long BytesInFiles => Files.Sum(file => file.FileBytes);

    /// <summary>What the reader of the result should know: files left out, lines cut short, data that look compressed already.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
