using Headroom.Dissemination.Detection;

namespace Headroom.Dissemination.Swim;

/// <summary>
/// What is said of a member: its status in an incarnation. Later incarnations override earlier ones, and within one dead overrides suspect overrides alive:
/// one integer, of which the greater wins. (The paper lets a declaration of death override all; here a member that was wrongly declared comes back in
/// its next incarnation.)
/// </summary>
public readonly record struct SwimNews(int Subject, int Key)
{
    public const int IncarnationMax = ushort.MaxValue;

    public SwimNews(int subject, MemberStatus status, int incarnation)
        : this(subject, (incarnation << 2) | (int)status)
    {
    }

    public MemberStatus Status => (MemberStatus)(Key & 3);

    public int Incarnation => Key >> 2;
}
