namespace Headroom.Tests;

/// <summary>A fact that runs real programs; skipped with its reason where their interpreter is absent.</summary>
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string interpreter = "sh") => Skip = ProgramReason.Of(interpreter);
}

/// <summary>A theory that runs real programs; skipped with its reason where their interpreter is absent.</summary>
internal sealed class ProgramTheoryAttribute : TheoryAttribute
{
    public ProgramTheoryAttribute(string interpreter = "sh") => Skip = ProgramReason.Of(interpreter);
}

internal static class ProgramReason
{
    public static string? Of(string interpreter) =>
        OperatingSystem.IsWindows() ? "no scripts with a first line here"
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, interpreter))) ? null
        : $"no interpreter: {interpreter} is not on the PATH";
}
