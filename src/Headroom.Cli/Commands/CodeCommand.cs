using System.CommandLine;
using System.Globalization;
using Headroom.Audit.Reading;
using Headroom.Cli.Rendering;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom code</c>: files into shards and back; what its commands have in common.</summary>
internal static class CodeCommand
{
    public static readonly Option<string> Shards = new("--in") { Description = "the folder of the shards", HelpName = "DIR", Required = true };

    public static readonly Option<string?> Erase = new("--erase") { Description = "shards to take for lost: 0,5,7", HelpName = "SHARDS" };

    public static Command Create(CancellationToken cancellation) => new("code", "files into shards that survive losses, and back (docs/shards.md)")
    {
        CodeEncodeCommand.Create(cancellation),
        CodeVerifyCommand.Create(cancellation),
        CodeRepairCommand.Create(cancellation),
        CodeDecodeCommand.Create(cancellation),
    };

    /// <summary>Runs one command: what the library refuses and what the system denies is told at its place; an interruption says what waits.</summary>
    /// <param name="place">What was written or read when the system failed.</param>
    /// <param name="waits">Where unfinished work waits, or null.</param>
    /// <param name="run">The work.</param>
    public static int Run(string place, string? waits, Func<int> run)
    {
        Shell.TellsWhatIsFinished();
        string left = waits is null ? "" : $"; what is finished waits in {waits}, and the same command goes on from there";
        try
        {
            return run();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"interrupted{(left.Length > 0 ? left : "; nothing was written")}");
            return ExitCode.Interrupted;
        }
        catch (ShardException e)
        {
            int colon = e.Message.IndexOf(": ", StringComparison.Ordinal);
            throw colon > 0 && (e.Message[..colon] == place || File.Exists(e.Message[..colon]) || Directory.Exists(e.Message[..colon])) ? Wrong(e.Message[..colon], e.Message[(colon + 2)..]) : Wrong(place, e.Message);
        }
        catch (Exception e) when ((e is IOException && !IsBrokenPipe(e)) || e is UnauthorizedAccessException || IsTooLargeForTheFileSystem(e))
        {
            throw Wrong(place, e.Message.Split(" (Parameter", 2)[0] + (waits is not null && (Directory.Exists(waits) || File.Exists(waits)) ? left : ""));
        }
    }

    public static InputException Wrong(string place, string problem) => new(new Mark(place, 0, 0), problem);

    /// <summary>The numbers of <c>--erase</c>.</summary>
    public static int[] ReadErased(ParseResult parsed)
    {
        string[] words = (parsed.GetValue(Erase) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int[] erased = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out erased[i]))
            {
                throw Wrong("--erase", $"'{words[i]}' is no shard; shards are numbered from 0: --erase 0,5,7");
            }
        }

        return [.. erased.Distinct()];
    }

    /// <summary>A folder without the shards of <c>--erase</c>.</summary>
    /// <exception cref="InputException">A number of <c>--erase</c> that the code has not.</exception>
    public static ShardFolder Open(string path, int[] erased)
    {
        if (erased.Length > 0)
        {
            using ShardFolder whole = ShardFolder.Open(path);
            RefuseUnknown(whole.Code, erased);
        }

        return ShardFolder.Open(path, erased);
    }

    /// <exception cref="InputException">A number of <c>--erase</c> that the code has not.</exception>
    public static void RefuseUnknown(ErasureCode code, int[] erased)
    {
        if (erased.Any(shard => shard >= code.TotalShards))
        {
            throw Wrong("--erase", $"{code} has shards 0 to {code.TotalShards - 1}, not {erased.Max()}");
        }
    }

    public static string Bytes(long bytes) => bytes < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B") : Print.Human(Quantity.Of(bytes, "B"));

    /// <summary>A bar for work whose whole is known or not.</summary>
    public static IProgress<long> Progress(ProgressDisplay display, string doing, long? whole, Func<long, string> said) =>
        new Told<long>(done => display.Update(doing, whole is > 0 ? Math.Min(1, (double)done / whole.Value) : 0, whole is null ? said(done) : $"{said(done)} of {said(whole.Value)}"));

    public static IProgress<double> Progress(ProgressDisplay display, string doing) => new Told<double>(share => display.Update(doing, share, doing));

    /// <summary>The runtime tells a file that a file system cannot hold (or a limit on its length) as a wrong argument.</summary>
    private static bool IsTooLargeForTheFileSystem(Exception e) => e is ArgumentOutOfRangeException { TargetSite.DeclaringType: { } thrower } && thrower == typeof(RandomAccess);

    private static bool IsBrokenPipe(Exception e) => e.HResult == 32 || e.Message.Contains("Broken pipe", StringComparison.Ordinal);

    /// <summary>Tells at once, on the thread that works.</summary>
    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
