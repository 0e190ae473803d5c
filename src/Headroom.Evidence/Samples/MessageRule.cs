namespace Headroom.Evidence.Samples;

/// <summary>How the bytes of a sample are cut into messages.</summary>
public enum MessageCut
{
    /// <summary>At every newline, which stays with its line.</summary>
    Line,

    /// <summary>Every file is one message.</summary>
    File,

    /// <summary>Every so many bytes.</summary>
    Fixed,
}

/// <summary>A cut and, for records of a fixed size, their bytes.</summary>
public sealed record MessageRule(MessageCut Cut, int FixedBytes = 0)
{
    public static MessageRule Line { get; } = new(MessageCut.Line);

    public static MessageRule File { get; } = new(MessageCut.File);

    public static MessageRule Fixed(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new MessageRule(MessageCut.Fixed, bytes);
    }

    public override string ToString() => Cut switch
    {
        MessageCut.Line => "line",
        MessageCut.File => "file",
        _ => $"{FixedBytes} B",
    };
}
