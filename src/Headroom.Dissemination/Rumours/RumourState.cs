namespace Headroom.Dissemination.Rumours;

/// <summary>What a member knows of one rumour beside the payload.</summary>
public struct RumourState
{
    /// <summary>When the member got the payload, on its own clock.</summary>
    internal long TakenNs;

    /// <summary>Pushes that it may still make; 0 once it has lost interest.</summary>
    internal int PushesLeft;

    /// <summary>Unnecessary pushes (or any, if blind) until it loses interest by a counter.</summary>
    internal int Patience;

    /// <summary>Whether the last push was answered.</summary>
    internal bool IsAnswered;
}
