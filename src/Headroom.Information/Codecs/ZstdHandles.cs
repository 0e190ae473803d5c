using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>A native compression context.</summary>
internal sealed class ZstdCompressor : SafeHandle
{
    public ZstdCompressor()
        : base(0, true) => SetHandle(ZstdNative.ZSTD_createCCtx());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => ZstdNative.ZSTD_freeCCtx(handle) == 0;
}

/// <summary>A native decompression context.</summary>
internal sealed class ZstdDecompressor : SafeHandle
{
    public ZstdDecompressor()
        : base(0, true) => SetHandle(ZstdNative.ZSTD_createDCtx());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => ZstdNative.ZSTD_freeDCtx(handle) == 0;
}
