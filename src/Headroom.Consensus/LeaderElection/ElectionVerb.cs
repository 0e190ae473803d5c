namespace Headroom.Consensus.LeaderElection;

/// <summary>What a message of an election says. 0 is no verb, so that an empty head is none.</summary>
public enum ElectionVerb : byte
{
    /// <summary>A candidate's identifier on its way.</summary>
    Candidate = 1,

    /// <summary>A candidate's identifier comes back unbeaten.</summary>
    Return,

    /// <summary>A lower member asks whether anybody above it lives.</summary>
    Question,

    /// <summary>A higher member lives.</summary>
    Answer,

    /// <summary>Who leads.</summary>
    Leader,
}
