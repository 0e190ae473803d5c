namespace Headroom.Information.Codecs;

/// <summary>CPU seconds per byte of messages, over several passes on this machine: the median, the least, the most.</summary>
public sealed record CodecTime(double CompressMedian, double CompressMin, double CompressMax, double DecompressMedian, int Passes);
