using Headroom.Information.Codecs;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Send;

/// <summary>The codecs that a <c>send</c> activity may name, and how each is made.</summary>
internal static class SendCodecs
{
    private static readonly Unit KiloByte = Unit.Parse("kB");

    public static StrategyForm None { get; } = new("none", "the bytes as they are");

    public static StrategyForm Deflate { get; } = new("deflate", "RFC 1951, without gzip's header and checksum", new StrategyParameter("level", 1, 9) { Default = 6 });

    public static StrategyForm Gzip { get; } = new("gzip", "deflate with 18 bytes of header and checksum", new StrategyParameter("level", 1, 9) { Default = 6 });

    public static StrategyForm Brotli { get; } = new("brotli", "RFC 7932, with a static dictionary of web text in every decoder", new StrategyParameter("quality", 0, 11) { Default = 5 });

    public static StrategyForm Zstd { get; } = new("zstd", "RFC 8878, by the system's libzstd", new StrategyParameter("level", 1, 22) { Default = 3 });

    public static StrategyForm ZstdDictionary { get; } = new("zstd+dictionary", "zstd with a dictionary trained on older messages; always per message",
        new StrategyParameter("size", 0.256, 2_000) { Default = 16, Unit = KiloByte, IsWhole = false }, new StrategyParameter("level", 1, 22) { Default = 3 });

    public static IReadOnlyList<StrategyForm> Forms { get; } = [None, Deflate, Gzip, Brotli, Zstd, ZstdDictionary];

    /// <summary>What is tried when the activity names nothing else: levels that take at most some 10 CPU seconds for a GB as a stream.</summary>
    public static IReadOnlyList<StrategyCall> Usual { get; } =
    [
        StrategyCall.Of(None),
        StrategyCall.Of(Gzip, 6),
        StrategyCall.Of(Brotli, 5),
        StrategyCall.Of(Zstd, 3),
        StrategyCall.Of(Zstd, 9),
        StrategyCall.Of(ZstdDictionary, 4, 3),
        StrategyCall.Of(ZstdDictionary, 16, 3),
    ];

    public static bool UsesDictionary(StrategyCall call) => call.Name == ZstdDictionary.Name;

    /// <summary>The codec, or why this machine or this sample does not give one.</summary>
    public static (Codec? Codec, string? Problem) Make(StrategyCall call, MessageBatch training)
    {
        if ((call.Name == Zstd.Name || UsesDictionary(call)) && ZstdLibrary.Problem is { } absent)
        {
            return (null, absent);
        }

        if (!UsesDictionary(call))
        {
            return (call.Name switch
            {
                "none" => new StoredCodec(),
                "deflate" => ZlibCodec.Deflate(call.Int(0)),
                "gzip" => ZlibCodec.Gzip(call.Int(0)),
                "brotli" => new BrotliCodec(call.Int(0)),
                _ => new ZstdCodec(call.Int(0)),
            }, null);
        }

        Information.Codecs.ZstdDictionary dictionary = Information.Codecs.ZstdDictionary.Train(training, (int)Math.Round(call[0] * 1000));
        return dictionary.Problem is { } problem ? (null, problem) : (new ZstdCodec(call.Int(1), dictionary), null);
    }
}
