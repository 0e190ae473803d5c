namespace Headroom.Consensus.Paxos;

/// <summary>Faults put in on purpose, one at a time: each must be caught. Nothing outside tests and the proof of the torture sets one.</summary>
internal enum PaxosMutant
{
    None,

    /// <summary>An acceptor accepts below what it has promised.</summary>
    AcceptBelowPromise,

    /// <summary>An acceptor does not write promises down.</summary>
    ForgetPromise,

    /// <summary>A new leader proposes what it accepted itself, whatever the others accepted.</summary>
    PreferOwnValue,

    /// <summary>Quorums that may miss each other are taken (q1 + q2 = n).</summary>
    SmallQuorums,

    /// <summary>A leader applies what it proposes at once.</summary>
    ApplyBeforeChosen,

    /// <summary>An acceptor does not write down what it accepts.</summary>
    SkipAcceptRecord,

    /// <summary>An acceptor answers before its records are durable.</summary>
    AnswerBeforeDurable,

    /// <summary>A follower takes what it holds below the commit index for chosen, whatever ballot it accepted it under.</summary>
    LearnAnyBallot,

    /// <summary>A leader reads under a lease that has run out.</summary>
    StaleLease,

    /// <summary>A leader reads without asking anybody whether it still leads.</summary>
    ReadWithoutRound,

    /// <summary>A repeated command is applied again.</summary>
    ApplyTwice,
}
