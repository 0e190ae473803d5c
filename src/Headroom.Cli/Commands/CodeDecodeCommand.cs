using System.CommandLine;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom code decode</c>: a folder of shards back into the content.</summary>
internal static class CodeDecodeCommand
{
    private static readonly CodeOptions Code = new();
    private static readonly Option<string> Output = new("--out") { Description = "the content, replaced if it exists; - writes standard output", HelpName = "FILE", Required = true };
    private static readonly Option<long?> Length = new("--length") { Description = "raw shards: bytes of content; the padding behind it is cut off", HelpName = "BYTES" };
    private static readonly Option<bool> Anew = new("--anew") { Description = "throw away what an interrupted run left, instead of going on with it" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("decode", "a folder of shards back into the content") { CodeCommand.Shards, Output, Length, CodeCommand.Erase, Anew };
        Code.AddTo(command);
        command.SetAction(parsed =>
        {
            string output = parsed.GetValue(Output)!;
            if (output != "-")
            {
                string shards = parsed.GetValue(CodeCommand.Shards)!;
                WholeFile.Check(output, Directory.Exists(shards) ? Directory.GetFiles(shards).Select(Path.GetFullPath) : [], "content", "--out -");
            }

            bool raw = Code.Read(parsed) is not null;
            return CodeCommand.Run(output == "-" ? parsed.GetValue(CodeCommand.Shards)! : output, raw || output == "-" ? null : ShardFileWriter.PartialOf(output), () => Run(parsed, output, cancellation));
        });
        return command;
    }

    private static int Run(ParseResult parsed, string output, CancellationToken cancellation)
    {
        string path = parsed.GetValue(CodeCommand.Shards)!;
        int[] erased = CodeCommand.ReadErased(parsed);
        if (Code.Read(parsed) is { } code)
        {
            return RunRaw(path, code, erased, parsed.GetValue(Length), output, cancellation);
        }

        if (parsed.GetValue(Length) is not null)
        {
            throw CodeCommand.Wrong("--length", "shards with headers know their content's length; of raw shards, say the code too (--code, --k, --m)");
        }

        using ShardFolder folder = CodeCommand.Open(path, erased);
        var decoder = new ShardDecoder(folder);
        long length;
        using (var display = new ProgressDisplay())
        {
            IProgress<long> progress = CodeCommand.Progress(display, "decode", folder.ContentBytesAtMost, CodeCommand.Bytes);
            length = output == "-" ? ToOutput(decoder, progress, cancellation) : ShardFileWriter.Decode(folder, decoder, output, parsed.GetValue(Anew), progress, cancellation);
        }

        long damaged = decoder.DamagedBlocks.Sum();
        string worth = folder.Missing.Count + folder.Problems.Count + damaged == 0 ? ""
            : $"; shards missing: {folder.Missing.Count}, set aside: {folder.Problems.Count}, damaged blocks met: {damaged}, stripes decoded: {decoder.DecodedStripes} (code verify tells more)";
        (output == "-" ? Console.Error : Console.Out).WriteLine($"{(output == "-" ? path : output)}: {CodeCommand.Bytes(length)} of content{worth}");
        return ExitCode.Done;
    }

    private static long ToOutput(ShardDecoder decoder, IProgress<long> progress, CancellationToken cancellation)
    {
        using Stream output = Console.OpenStandardOutput();
        return decoder.Decode(output, progress, cancellation);
    }

    private static int RunRaw(string path, ErasureCode code, int[] erased, long? length, string output, CancellationToken cancellation)
    {
        CodeCommand.RefuseUnknown(code, erased);
        using RawFolder folder = RawFolder.Open(path, code, erased);
        var shards = new RawShards(code, folder.ShardBytes);
        long bytes = length ?? shards.ContentBytesMax;
        if (bytes < 0 || bytes > shards.ContentBytesMax)
        {
            throw CodeCommand.Wrong("--length", $"these shards hold 0 to {shards.ContentBytesMax} bytes of content, not {bytes}");
        }

        // The content's order is not the order in which shards are read, so that a pipe gets it from a file.
        string target = output == "-" ? Path.Combine(Path.GetTempPath(), $"headroom-{Path.GetRandomFileName()}") : Path.GetFullPath(output);
        string partial = target + ".partial";
        try
        {
            using (SafeFileHandle content = File.OpenHandle(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            using (var display = new ProgressDisplay())
            {
                shards.Decode(folder.Files, content, bytes, CodeCommand.Progress(display, "decode"), cancellation);
                RandomAccess.FlushToDisk(content);
            }

            if (output == "-")
            {
                using Stream standard = Console.OpenStandardOutput();
                using FileStream content = File.OpenRead(partial);
                content.CopyTo(standard);
            }
            else
            {
                File.Move(partial, target, overwrite: true);
            }
        }
        finally
        {
            File.Delete(partial);
        }

        (output == "-" ? Console.Error : Console.Out).WriteLine($"{(output == "-" ? path : output)}: {CodeCommand.Bytes(bytes)} of content"
            + (folder.Missing.Count > 0 ? $", decoded without shards {string.Join(", ", folder.Missing)}" : "")
            + (code.TotalShards - folder.Missing.Count > code.DataShards ? "; the other shards agree with it" : "; no other shard was left to hold it against"));
        return ExitCode.Done;
    }
}
