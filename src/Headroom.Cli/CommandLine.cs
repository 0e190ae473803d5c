using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli;

/// <summary>A command as a user would type it again.</summary>
internal static class CommandLine
{
    private static readonly HashSet<string> SaysNothingOfValues = ["--threads", "--json", "--json-to-file", "--csv", "--report", "--resume", "--append"];

    /// <summary>The options that were given, in the order of the command's own; those of <paramref name="always"/> even when they were not.</summary>
    public static string Of(ParseResult parsed, string command, params Option[] always)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        foreach (Option option in parsed.CommandResult.Command.Options.Where(o => !SaysNothingOfValues.Contains(o.Name)))
        {
            OptionResult? result = parsed.GetResult(option);
            if (result is null or { Implicit: true } && !always.Contains(option))
            {
                continue;
            }

            command += $" {option.Name}";
            command += option.ValueType == typeof(bool) ? "" : " " + Quoted(result is { Tokens.Count: > 0 } ? result.Tokens[0].Value : parsed.CommandResult.GetValue<object>(option.Name)?.ToString() ?? "");
        }

        return command;
    }

    /// <summary>As a shell takes it for one word.</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "/._-+,:@%=".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
