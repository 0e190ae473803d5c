namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Who has a link to whom.</summary>
public enum LinkShape
{
    All,
    Ring,
    Graph,
}
