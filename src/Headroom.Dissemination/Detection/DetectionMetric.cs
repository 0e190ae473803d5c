namespace Headroom.Dissemination.Detection;

/// <summary>What a membership is measured by.</summary>
public enum DetectionMetric
{
    /// <summary>Seconds from a crash until the first live member declares it.</summary>
    FirstDetection,

    /// <summary>Seconds until all live members have.</summary>
    AllKnow,

    /// <summary>Messages sent, a member and period.</summary>
    Messages,

    /// <summary>Bytes put on the wire, headers included, a member and period.</summary>
    Bytes,

    /// <summary>Live members wrongly declared dead, a member and period.</summary>
    Mistakes,
}
