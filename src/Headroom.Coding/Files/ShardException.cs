namespace Headroom.Coding.Files;

/// <summary>Shards or their files are not what they must be, or cannot be written. The message names the file or shard, and what would be right.</summary>
public sealed class ShardException : Exception
{
    public ShardException(string message)
        : base(message)
    {
    }

    public ShardException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public ShardException()
    {
    }
}
