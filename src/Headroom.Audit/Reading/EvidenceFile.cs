using Headroom.Evidence;

namespace Headroom.Audit.Reading;

/// <summary>Reads and parses a file that an activity names; what is wrong in it is told with its line and column.</summary>
public static class EvidenceFile
{
    public const long BytesMax = 256 << 20;

    /// <exception cref="InputException">The file cannot be read, or is not what its format says.</exception>
    public static T Parse<T>(string path, Func<string, T> parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        string text = TextFile.Read(path, Shown(path), BytesMax);
        try
        {
            return parse(text);
        }
        catch (MalformedException e)
        {
            throw new InputException(new Mark(Shown(path), e.Line, e.Column), e.Problem);
        }
    }

    /// <summary>As people would type it from where they are; files elsewhere by their full path.</summary>
    public static string Shown(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
