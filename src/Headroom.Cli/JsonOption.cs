using System.CommandLine;
using Headroom.Audit.Reading;

namespace Headroom.Cli;

/// <summary>
/// <c>--json</c> writes JSON and nothing else to standard output; <c>--json=FILE</c> writes it to a file. The <c>=</c> is required, so that
/// <c>--json system.yaml</c> never takes the input for an output.
/// </summary>
internal sealed class JsonOption
{
    private const string FileOption = "--json-to-file";

    public Option<bool> ToOutput { get; } = new("--json") { Description = "JSON to standard output; --json=FILE to a file, which is replaced if it exists", Arity = ArgumentArity.Zero };

    public Option<string?> ToFile { get; } = new(FileOption) { Hidden = true };

    public void AddTo(Command command)
    {
        command.Options.Add(ToOutput);
        command.Options.Add(ToFile);
    }

    public static string[] Rewrite(string[] args) =>
        [.. args.SelectMany(arg => !arg.StartsWith("--json=", StringComparison.Ordinal) ? [arg]
            : arg.Length > "--json=".Length ? new[] { FileOption, arg["--json=".Length..] }
            : throw new InputException(new Mark("--json=", 0, 0), "the name of the file is missing"))];
}
