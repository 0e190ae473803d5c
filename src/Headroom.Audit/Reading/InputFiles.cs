using System.IO.Enumeration;

namespace Headroom.Audit.Reading;

/// <summary>Finds the files that a system file names.</summary>
internal static class InputFiles
{
    private const int FilesMax = 10_000;

    public static string One(string name, string text, Mark mark, ReadingContext context)
    {
        string path = Path.GetFullPath(Path.Combine(context.Directory, text));
        if (Directory.Exists(path))
        {
            throw new InputException(mark, $"'{name}': {text} is a directory; a file is expected");
        }

        if (!File.Exists(path))
        {
            string? directory = Path.GetDirectoryName(path);
            string near = directory is not null && Directory.Exists(directory)
                ? Keys.DidYouMean(Path.GetFileName(path), Directory.EnumerateFiles(directory).Take(FilesMax).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal))
                : "";
            throw new InputException(mark, $"'{name}': no file {text}{near}");
        }

        context.AddInput(path);
        return path;
    }

    public static IReadOnlyList<string> Many(string name, Node node, ReadingContext context)
    {
        if (node is SequenceNode list)
        {
            return list.Items.Count == 0
                ? throw new InputException(node.Mark, $"'{name}' is an empty list; at least one file is expected")
                : [.. list.Items.SelectMany(item => Many(name, item is SequenceNode ? throw new InputException(item.Mark, $"'{name}': a file is expected; found a list") : item, context))];
        }

        string text = Keys.ReadText(name, node, "a file, a list of files, or a pattern");
        if (!text.Contains('*', StringComparison.Ordinal) && !text.Contains('?', StringComparison.Ordinal))
        {
            return [One(name, text, node.Mark, context)];
        }

        string pattern = Path.GetFileName(text);
        string directory = Path.GetFullPath(Path.Combine(context.Directory, Path.GetDirectoryName(text) ?? ""));
        if (directory.Contains('*', StringComparison.Ordinal) || !Directory.Exists(directory))
        {
            throw new InputException(node.Mark, $"'{name}': no directory {Path.GetDirectoryName(text)} (only the last part of a pattern may hold * or ?)");
        }

        string[] found = [.. Directory.EnumerateFiles(directory)
            .Where(p => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(p), ignoreCase: false))
            .Take(FilesMax).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
        {
            throw new InputException(node.Mark, $"'{name}': no file matches {text}");
        }

        foreach (string path in found)
        {
            context.AddInput(path);
        }

        return found;
    }
}
