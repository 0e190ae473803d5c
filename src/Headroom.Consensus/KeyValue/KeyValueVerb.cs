namespace Headroom.Consensus.KeyValue;

/// <summary>What is asked of the store.</summary>
public enum KeyValueVerb : byte
{
    Get,
    Put,

    /// <summary>Puts a token behind the value; behind nothing it is the value.</summary>
    Append,

    /// <summary>Puts a token in the place of a value that is exactly the expected token.</summary>
    CompareAndSet,
}
