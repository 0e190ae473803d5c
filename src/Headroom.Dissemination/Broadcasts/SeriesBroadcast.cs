namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// One broadcast of a series. Live members and those of them that delivered, the origin among them; payload copies sent and received, messages, bytes with
/// headers, messages lost; the longest path of the payload; when half, 99 % and all of those that delivered had.
/// </summary>
public sealed record SeriesBroadcast(
    int Live, int Delivered, long PayloadCopies, long PayloadCopiesReceived, long Messages, long WireBytes, long Lost, int HopsMax, long MedianNs, long P99Ns, long LastNs, long Events);
