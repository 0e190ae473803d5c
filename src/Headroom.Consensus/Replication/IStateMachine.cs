namespace Headroom.Consensus.Replication;

/// <summary>What is replicated: a deterministic machine whose state follows from the commands in their order alone.</summary>
public interface IStateMachine
{
    /// <summary>Takes a command and gives its answer, whose bytes are good until the next call. A command that has no form does nothing and has no answer.</summary>
    ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> command);

    /// <summary>Answers a question without changing anything.</summary>
    ReadOnlySpan<byte> Query(ReadOnlySpan<byte> question);

    /// <summary>The whole state.</summary>
    byte[] Save();

    void Load(ReadOnlySpan<byte> state);
}
