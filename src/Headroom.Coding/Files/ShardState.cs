namespace Headroom.Coding.Files;

/// <summary>How one shard was found.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="File">Its file's name; null when there is none.</param>
/// <param name="DamagedBlocks">Blocks that are missing, fail their checksum, or disagree with the others.</param>
/// <param name="FirstDamaged">The stripe of the first of them; -1 when there is none.</param>
/// <param name="ExtraBytes">Bytes behind the last block.</param>
public sealed record ShardState(int Shard, string? File, long DamagedBlocks, long FirstDamaged, long ExtraBytes)
{
    public bool IsWhole => File is not null && DamagedBlocks == 0 && ExtraBytes == 0;
}
