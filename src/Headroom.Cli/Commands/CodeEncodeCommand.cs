using System.CommandLine;
using Headroom.Cli.Rendering;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom code encode</c>: a file or pipe into a folder of shards.</summary>
internal static class CodeEncodeCommand
{
    private static readonly CodeOptions Code = new();
    private static readonly Option<string> Input = new("--in") { Description = "the content; - reads standard input", HelpName = "FILE", Required = true };
    private static readonly Option<string> Output = new("--out") { Description = "the folder of the shards, made by this", HelpName = "DIR", Required = true };
    private static readonly Option<int?> Block = new("--block") { Description = "bytes of a shard in one stripe (about a mebibyte where left out)", HelpName = "BYTES" };
    private static readonly Option<bool> Raw = new("--raw") { Description = "shards alone, named 0 to n-1, as other programs write them: no headers, no checksums" };
    private static readonly Option<int> Align = new("--align") { Description = "with --raw: what the length of a shard's parts is a multiple of", DefaultValueFactory = _ => 32, HelpName = "BYTES" };
    private static readonly Option<bool> Anew = new("--anew") { Description = "throw away what an interrupted run left, instead of going on with it" };

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("encode", "a file or pipe into a folder of shards") { Input, Output, Block, Raw, Align, Anew };
        Code.AddTo(command);
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(Output)!;
            if (folder is "" or "-")
            {
                throw CodeCommand.Wrong("--out", "shards go into a folder; name one that does not exist yet");
            }

            return CodeCommand.Run(folder, parsed.GetValue(Raw) ? null : ShardFolderWriter.PartialOf(folder), () => Run(parsed, folder, cancellation));
        });
        return command;
    }

    private static int Run(ParseResult parsed, string folder, CancellationToken cancellation)
    {
        ErasureCode code = Code.Read(parsed) ?? throw CodeCommand.Wrong("--code", "is missing: --code rs --k 10 --m 4, or --code 'rs(10,4)'");
        string input = parsed.GetValue(Input)!;
        ShardFolderWriter.Check(folder);
        if (input != "-" && !File.Exists(input))
        {
            throw CodeCommand.Wrong(input, Directory.Exists(input) ? "is a folder; name a file" : "there is no such file");
        }

        return parsed.GetValue(Raw) ? RunRaw(parsed, code, input, folder, cancellation) : RunFramed(parsed, code, input, folder, cancellation);
    }

    private static int RunFramed(ParseResult parsed, ErasureCode code, string input, string folder, CancellationToken cancellation)
    {
        StripeShape shape = Shape(code, parsed.GetValue(Block));
        using Stream content = input == "-" ? Console.OpenStandardInput() : new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length;
        using (var display = new ProgressDisplay())
        {
            length = ShardFolderWriter.Encode(shape, content, folder, parsed.GetValue(Anew),
                CodeCommand.Progress(display, "encode", content.CanSeek ? content.Length : null, CodeCommand.Bytes), cancellation);
        }

        Console.Out.WriteLine($"{folder}: {CodeCommand.Bytes(length)} in {code.TotalShards} shards of {code}, of which any {code.FailuresSurvived} may be lost; "
            + $"{CodeCommand.Bytes(Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length))} stored");
        return ExitCode.Done;
    }

    private static StripeShape Shape(ErasureCode code, int? blockBytes)
    {
        try
        {
            return new StripeShape(code, blockBytes ?? StripeShape.DefaultBlockBytes(code));
        }
        catch (ShardException e) when (blockBytes is not null)
        {
            throw CodeCommand.Wrong("--block", e.Message);
        }
    }

    private static int RunRaw(ParseResult parsed, ErasureCode code, string input, string folder, CancellationToken cancellation)
    {
        if (parsed.GetResult(Block) is { Implicit: false })
        {
            throw CodeCommand.Wrong("--block", "raw shards have no blocks");
        }

        int align = parsed.GetValue(Align);
        if (input == "-" || align < 1)
        {
            throw input == "-" ? CodeCommand.Wrong("--in", "a raw shard holds a part of the whole content, whose length a pipe does not tell; name a file")
                : CodeCommand.Wrong("--align", "is at least 1 byte");
        }

        using SafeFileHandle content = File.OpenHandle(input, FileMode.Open, FileAccess.Read, FileShare.Read);
        long length = RandomAccess.GetLength(content);
        long shardBytes = RawShards.ShardBytes(code, length, align);
        using (var display = new ProgressDisplay())
        {
            RawFolder.Write(code, content, length, shardBytes, folder, CodeCommand.Progress(display, "encode"), cancellation);
        }

        Console.Out.WriteLine($"{folder}: {CodeCommand.Bytes(length)} in {code.TotalShards} raw shards of {code}, {shardBytes} B each; "
            + $"decode with: --code '{code}' --length {length}");
        return ExitCode.Done;
    }
}
