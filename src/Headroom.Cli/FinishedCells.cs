using System.Security.Cryptography;
using System.Text;

namespace Headroom.Cli;

/// <summary>Where finished cells are kept when the user names no file: beside the output, or in the user's cache folder.</summary>
internal static class FinishedCells
{
    public static string PathFor(string? output, string command)
    {
        if (output is not null)
        {
            return output + ".cells";
        }

        string folder = Path.GetDirectoryName(LastAudit.Path)!;
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder = Path.GetTempPath();
        }

        return Path.Combine(folder, $"compare-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..16]}.cells");
    }

    /// <summary>A file that nobody named has done its work when the outputs are whole.</summary>
    public static void RemoveDefault(string? named, string path)
    {
        try
        {
            if (named is null)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It would only save time.
        }
    }
}
