namespace Headroom.Benchmarks.Lab;

/// <summary>Whether a program that a benchmark needs is there.</summary>
internal static class Interpreter
{
    public static bool Missing(string name)
    {
        bool found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, name)));
        if (!found)
        {
            Console.Error.WriteLine($"{name} is not on the PATH: nothing to measure with");
        }

        return !found;
    }
}
