using Headroom.Audit.Reading;

namespace Headroom.Audit.Links;

/// <summary>Where a value was typed: an option, or a key of a system file, whose name then begins the message.</summary>
public readonly record struct Place(Mark Mark, string Key = "")
{
    public static Place OfOption(string option) => new(new Mark(option, 0, 0));

    public InputException Fail(string problem) => new(Mark, Key.Length == 0 ? problem : $"'{Key}': {problem}");

    /// <summary>What was typed, cut where it is long.</summary>
    internal static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
