using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Maelstrom.Processes;

/// <summary>What a process tells its host. Called from the process's own threads.</summary>
internal interface INodeListener
{
    /// <summary>False when nothing more is to be read.</summary>
    bool OnLine(int node, byte[] line);

    void OnEndlessLine(int node, string head);

    void OnWritten(WireMessage message);

    void OnEnded(int node, int exitCode);
}
