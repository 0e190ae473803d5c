using System.Runtime.CompilerServices;

namespace Headroom.Dissemination.Plumtree;

/// <summary>What a member knows of one broadcast beside the payload.</summary>
public struct PlumtreeState
{
    /// <summary>Announcements that a member keeps of one broadcast; later ones are let go.</summary>
    internal const int AnnouncersMax = 4;

    /// <summary>When it is to be asked for, on the member's own clock; 0 when it is not missing.</summary>
    internal long MissingAtNs;

    internal Announcers Announced;

    /// <summary>Whom the payload came from; -1 at its origin.</summary>
    internal int Source;

    internal ushort Hops;
    internal byte AnnouncerCount;
    internal byte NextAnnouncer;
    internal byte GraftsLeft;
    internal bool IsAnnounceDue;

    internal struct Announcer
    {
        public int Peer;
        public int Hops;
    }

    [InlineArray(AnnouncersMax)]
    internal struct Announcers
    {
        private Announcer _first;
    }
}
