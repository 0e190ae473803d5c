namespace Headroom.Lab.Groups;

/// <summary>Whether what the clients saw is what was promised, and in words how that was found.</summary>
public sealed record GroupVerdict(bool Holds, string Text);
