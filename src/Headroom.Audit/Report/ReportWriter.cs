using System.Text;
using Headroom.Audit.Reading;

namespace Headroom.Audit.Report;

/// <summary>Puts a report into a file, and never over anything that is not an earlier report of ours.</summary>
public static class ReportWriter
{
    /// <summary>The marker stands within this many bytes from the start.</summary>
    private const int MarkerBytesMax = 4096;

    /// <summary>
    /// Whether a report may be written there; asked before an audit starts, so that nobody waits for a refusal.
    /// </summary>
    /// <param name="path">Where the report would go.</param>
    /// <param name="inputs">Full paths of the files that the audit reads.</param>
    /// <exception cref="InputException">It may not, and why.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        WholeFile.Check(path, inputs, "report.html");
        string target = WholeFile.Resolve(path);
        if (File.Exists(target) && !IsReport(path, target))
        {
            throw Refused(path, "exists and is not a report made by Headroom; it is left alone. Remove it or choose another name");
        }
    }

    /// <summary>Writes the report of an audit: whole, or not at all.</summary>
    /// <exception cref="InputException">The place is refused or cannot be written to.</exception>
    public static void Write(string path, AuditResult result, IEnumerable<string> inputs, CancellationToken cancellation = default)
    {
        Check(path, inputs);
        cancellation.ThrowIfCancellationRequested();
        WholeFile.Write(path, ReportPage.Of(result), cancellation);
    }

    /// <summary>Writes a page made by <see cref="ReportPage"/>: whole, or not at all.</summary>
    /// <exception cref="InputException">The place is refused or cannot be written to.</exception>
    public static void Write(string path, ReadOnlySpan<byte> page, IEnumerable<string> inputs)
    {
        Check(path, inputs);
        WholeFile.Write(path, page);
    }

    private static bool IsReport(string path, string target)
    {
        try
        {
            using FileStream stream = File.OpenRead(target);
            byte[] top = new byte[MarkerBytesMax];
            int length = stream.ReadAtLeast(top, top.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(top, 0, length).Contains(ReportPage.Marker, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"exists and cannot be read: {e.Message}");
        }
    }

    private static InputException Refused(string path, string why) => new(new Mark(path, 0, 0), why);
}
