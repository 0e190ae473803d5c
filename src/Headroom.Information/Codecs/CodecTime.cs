namespace Headroom.Information.Codecs;

/// <summary>CPU seconds per byte of messages over several passes on this machine: medians, and the least and the most of both directions together.</summary>
public sealed record CodecTime(double CompressMedian, double DecompressMedian, double TotalMedian, double TotalMin, double TotalMax, int Passes);
