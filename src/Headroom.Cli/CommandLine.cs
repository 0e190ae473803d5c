using System.CommandLine;
using System.CommandLine.Parsing;
using Headroom.Audit.Reading;

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

    /// <summary>What is wrong with a value that a library refuses, at the option that gave it.</summary>
    public static InputException OutOfRange(ArgumentOutOfRangeException refusal, string option)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        // The library names its own parameter, before the value and behind the sentence.
        string sentence = refusal.Message.Split(" (Parameter ", 2)[0];
        int value = sentence.IndexOf("('", StringComparison.Ordinal);
        return new InputException(new Mark(option, 0, 0), value < 0 ? sentence : sentence[(value + 1)..].Replace("')", "'", StringComparison.Ordinal));
    }

    /// <summary>As a shell takes it for one word.</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "/._-+,:@%=".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
