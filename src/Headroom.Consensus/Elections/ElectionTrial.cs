namespace Headroom.Consensus.Elections;

/// <summary>How an election after a crash went; times from the crash.</summary>
/// <param name="AskedMs">When the first vote was asked for.</param>
/// <param name="ElectedMs">When somebody had a majority's votes.</param>
/// <param name="KnownMs">When every server that lives had heard from one and the same leader.</param>
/// <param name="Messages">Votes asked for and given, and until all know what the new leader sends.</param>
/// <param name="WireBytes">Of these, with headers.</param>
public sealed record ElectionTrial(double AskedMs, double ElectedMs, double KnownMs, long Messages, long WireBytes);
