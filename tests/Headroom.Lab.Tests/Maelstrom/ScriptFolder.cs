using Headroom.Tests;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>Node programs for tests, in a folder that goes with the test.</summary>
internal sealed class ScriptFolder : IDisposable
{
    /// <summary>What every shell script begins with: it answers <c>init</c>, and <c>topology</c> when that comes.</summary>
    public const string Polite = """
        answer() { # TYPE: answers $line
          from=$(printf '%s' "$line" | sed 's/.*"src":"\([^"]*\)".*/\1/')
          to=$(printf '%s' "$line" | sed 's/.*"dest":"\([^"]*\)".*/\1/')
          id=$(printf '%s' "$line" | sed 's/.*"msg_id":\([0-9]*\).*/\1/')
          printf '{"src":"%s","dest":"%s","body":{"type":"%s","in_reply_to":%s}}\n' "$to" "$from" "$1" "$id"
        }
        read -r line
        answer init_ok
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-nodes-").FullName;

    public static string Sample(string name) => Path.Combine(SharedData.RepositoryRoot(), "samples", "maelstrom", name);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Shell(string script) => Write("node.sh", "#!/bin/sh\n" + script + "\n");

    public string Write(string name, string text, bool executable = true)
    {
        string path = PathOf(name);
        File.WriteAllText(path, text);
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
