using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare SUBJECT</c>: strategies side by side over a grid of settings.</summary>
internal static class CompareCommand
{
    public static Command Create(CancellationToken cancellation) => new("compare", "strategies side by side over a grid of settings: theory, what was measured, and the floor")
    {
        CompareBroadcastCommand.Create(cancellation), CompareAgreementCommand.Create(cancellation), CompareTrueTimeCommand.Create(cancellation), CompareWatchCommand.Create(cancellation), CompareCodesCommand.Create(cancellation),
    };

    /// <summary>An option that takes a list.</summary>
    public static Option<string> Axis(string name, string description, string usual) => new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "LIST" };
}
