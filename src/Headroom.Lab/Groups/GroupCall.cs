namespace Headroom.Lab.Groups;

/// <summary>One operation that a client was answered: when it asked, when it knew, and whether it was a command that the group had to commit.</summary>
public readonly record struct GroupCall(long CallNs, long ReturnNs, bool IsCommand);
