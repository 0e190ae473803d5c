namespace Headroom.Dissemination.Swim;

/// <summary>What a message of the membership says.</summary>
public enum SwimVerb : byte
{
    /// <summary>Are you there? From who wants to know, or from a proxy.</summary>
    Ping = 0x60,

    /// <summary>Ping the subject for me.</summary>
    PingRequest = 0x61,

    /// <summary>The subject is there.</summary>
    Ack = 0x62,

    /// <summary>I am new, or back: what do you know?</summary>
    Join = 0x63,

    /// <summary>News alone, as an answer to a join.</summary>
    Tell = 0x64,

    /// <summary>I go.</summary>
    Leave = 0x65,
}
