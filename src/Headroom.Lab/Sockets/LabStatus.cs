namespace Headroom.Lab.Sockets;

/// <summary>Whether a process still has something to do: what is scheduled, and the copies put on and taken from sockets so far.</summary>
public readonly record struct LabStatus(int Pending, long Put, long Taken);
