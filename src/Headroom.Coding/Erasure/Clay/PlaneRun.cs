namespace Headroom.Coding.Erasure.Clay;

/// <summary>Planes one after another.</summary>
internal readonly record struct PlaneRun(int Start, int Count)
{
    public int End => Start + Count;
}
