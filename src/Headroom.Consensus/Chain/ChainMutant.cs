namespace Headroom.Consensus.Chain;

/// <summary>Faults put in on purpose, one at a time: each must be caught. Nothing outside tests and the proof of the torture sets one.</summary>
internal enum ChainMutant
{
    None,

    /// <summary>The head applies and answers what it has taken.</summary>
    AnswerAtHead,

    /// <summary>Every server applies what it has received, and reads see it.</summary>
    ReadUnstable,

    /// <summary>Updates and acknowledgements are taken whatever their epoch, and whoever sent them.</summary>
    NoFencing,

    /// <summary>A server reads although nobody says that it is still in the chain: as if who is taken out had stopped.</summary>
    TrustFailStop,

    /// <summary>A joining server is said to have everything before it has.</summary>
    JoinEarly,

    /// <summary>Updates are passed on before they are durable.</summary>
    PassBeforeDurable,

    /// <summary>The registrar keeps a server that lost its memory in the chain.</summary>
    KeepForgetful,

    /// <summary>A repeated command is applied again.</summary>
    ApplyTwice,

    /// <summary>The log begins anew without the updates behind the state.</summary>
    ForgetTail,
}
