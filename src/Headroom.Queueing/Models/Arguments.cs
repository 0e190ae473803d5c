namespace Headroom.Queueing.Models;

/// <summary>The domain that the models share: rates and times positive and finite, at least one server.</summary>
internal static class Arguments
{
    public static void Check(double arrivalsPerS, double serviceS, int servers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(arrivalsPerS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(serviceS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(servers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arrivalsPerS, 1e100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serviceS, 1e100);
    }

    public static void CheckCv(double cv)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cv);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cv, 1e100);
    }
}
