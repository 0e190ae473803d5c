namespace Headroom.Lab.Maelstrom.Services;

/// <summary>Which errors say that the operation never happens; all others leave it open.</summary>
internal static class ErrorCodes
{
    public static bool IsDefinite(long code) => code is 1 or 10 or 11 or 12 or 14 or 20 or 21 or 22 or 30;
}
