namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Whether members keep up with the stated rate of broadcasts, in words.</summary>
/// <param name="Sustains">False where backlogs grow for ever.</param>
/// <param name="SaturatesAt">Broadcasts a second from which on they do; at least so many where it sustains the stated rate; infinite where nothing limits it.</param>
/// <param name="Words">What limits it, and how that was found; empty where nothing comes near.</param>
public sealed record RateVerdict(bool Sustains, double SaturatesAt, string Words);
