namespace Headroom.Lab.Sockets;

/// <summary>A client asks a member with a body of so many bytes, drawn from the seed by the request's number, so long after a moment.</summary>
public sealed record MemberRequest(int Member, int Number, int BodyBytes, long DelayNs = 0);
