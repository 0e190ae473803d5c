namespace Headroom.Lab.Storage;

/// <summary>What a log's file holds.</summary>
public sealed record LogReading
{
    /// <summary>The records of all good groups, in order; none where the log is damaged.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Records { get; init; }

    /// <summary>Good groups: how often the log was flushed.</summary>
    public required int Groups { get; init; }

    /// <summary>The file up to the end of the last good group.</summary>
    public required long GoodBytes { get; init; }

    /// <summary>Bytes behind it, of a group that a crash tore: nobody was promised anything of it.</summary>
    public required long TornBytes { get; init; }

    /// <summary>The log was begun anew: its first record holds a state, and what was before it is gone.</summary>
    public bool IsAnew { get; init; }

    /// <summary>Why the log must not be used, with the byte at which it goes wrong; null where it is good.</summary>
    public string? Damage { get; init; }
}
