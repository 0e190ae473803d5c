using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>The folder of a run's logs.</summary>
public static class GroupFolder
{
    public static string LogOf(string folder, int member) => Path.Combine(folder, $"server-{member}.log");

    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="LabException">It cannot be written, or holds logs of another run: clients number their operations from 1, and would be told what others were answered.</exception>
    public static void Prepare(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            Directory.CreateDirectory(folder);
            string? old = Directory.EnumerateFiles(folder, "server-*.log").Order(StringComparer.Ordinal).FirstOrDefault();
            if (old is not null)
            {
                throw new LabException($"{old}: is the log of another run; name an empty folder, or take the logs away");
            }

            string probe = Path.Combine(folder, "probe.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{folder}: cannot be written: {error.Message}", error);
        }
    }
}
