namespace Headroom.Dissemination.Models;

/// <summary>How a comparison of anti-entropy goes, in messages from the one that begins it.</summary>
/// <param name="PullMessages">Until the one that began it, which lacked the payload, has it.</param>
/// <param name="PushMessages">Until the other, which lacked it, has it.</param>
/// <param name="IsPushAsked">Whether the other asks for it, once between two comparisons of its own; else it is sent it each time.</param>
public readonly record struct ComparisonSteps(int PullMessages, int PushMessages, bool IsPushAsked)
{
    /// <summary>By list: list, payload; or list, question, payload.</summary>
    public static ComparisonSteps ByList { get; } = new(2, 3, true);

    /// <summary>By tree, of one broadcast: root's hash, list, question, payload; or hash, list, payload.</summary>
    public static ComparisonSteps ByTree { get; } = new(4, 3, false);
}
