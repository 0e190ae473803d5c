using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>The console to print on: a file or a pipe gets text of a fixed width, not colour codes, whatever TERM says.</summary>
internal static class PlainConsole
{
    public static IAnsiConsole Open(int redirectedWidth = 140)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = redirectedWidth;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return console;
    }
}
