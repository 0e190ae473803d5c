using Headroom.Evidence.Samples;
using Headroom.Information.Codecs;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Send;

/// <summary>A codec, and whether it packs every message for itself or all of them as one stream.</summary>
public sealed record SendStrategy(StrategyCall Call, bool IsPerMessage)
{
    public override string ToString() => IsPerMessage ? $"{Call} per message" : Call.ToString();
}

/// <summary>What a <c>send</c> activity says, read and cut into messages.</summary>
public sealed record SendInput
{
    public required Sample Sample { get; init; }

    /// <summary>The older half of every file, on which dictionaries are trained; never measured.</summary>
    public required MessageBatch Training { get; init; }

    /// <summary>The younger half of every file, on which everything is measured.</summary>
    public required MessageBatch Measured { get; init; }

    public required SendStrategy Now { get; init; }

    public required IReadOnlyList<SendStrategy> Strategies { get; init; }

    /// <summary>Bytes of messages per day, or null.</summary>
    public required double? BytesPerDay { get; init; }

    /// <summary>Days for which a trained dictionary serves before the next one is sent.</summary>
    public required double RetrainDays { get; init; }

    /// <summary>Every message must be readable without the others.</summary>
    public required bool MustBeIndependent { get; init; }

    /// <summary>CPU seconds per byte at both ends that are allowed, or null.</summary>
    public required double? CpuSecondsPerByteMax { get; init; }

    /// <summary>Cores of the server that the price speaks of.</summary>
    public required long Cores { get; init; }

    /// <summary>Lines end in a newline and records have their size; files need their length beside them.</summary>
    public bool IsSelfDelimiting => Sample.Rule.Cut != MessageCut.File;

    /// <summary>Bytes of messages that share one dictionary: those of a period, or without a volume the measured half alone.</summary>
    public double BytesPerDictionary => BytesPerDay is { } perDay ? perDay * RetrainDays : Measured.Bytes.Length;
}
