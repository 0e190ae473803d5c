namespace Headroom.Lab.Sockets;

/// <summary>The lab cannot run what was asked on this machine; the message says why.</summary>
public sealed class LabException : Exception
{
    public LabException()
    {
    }

    public LabException(string message)
        : base(message)
    {
    }

    public LabException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
