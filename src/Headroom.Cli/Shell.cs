using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Headroom.Audit;
using Headroom.Audit.Reading;
using Headroom.Cli.Commands;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli;

/// <summary>Parses the command line, runs one command, turns what goes wrong into a message and an exit code.</summary>
internal static class Shell
{
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan TellingGrace = TimeSpan.FromSeconds(10);
    private static volatile bool _tellsWhatIsFinished;

    public static int Run(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, interrupted));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, interrupted));
        try
        {
            return Invoke(JsonOption.Rewrite(args), interrupted.Token);
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"{e.Mark}: {e.Problem}");
            return ExitCode.InputsFault;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("interrupted; nothing was written");
            return ExitCode.Interrupted;
        }
        catch (IOException e) when (e.HResult == 32 || e.Message.Contains("Broken pipe", StringComparison.Ordinal))
        {
            return ExitCode.Done; // the reader of our output has seen enough
        }
#pragma warning disable CA1031 // the last resort: a defect is told as one, with what is needed to report it
        catch (Exception e)
        {
            Console.Error.WriteLine($"headroom {AuditResult.Version}: a defect of ours, please report it with this text and the input:");
            Console.Error.WriteLine(e);
            return ExitCode.OurFault;
        }
#pragma warning restore CA1031
    }

    /// <summary>The command stops its work and says what it finished: it is not cut off in the middle of that.</summary>
    public static void TellsWhatIsFinished() => _tellsWhatIsFinished = true;

    private static int Invoke(string[] args, CancellationToken cancellation)
    {
        var root = new RootCommand("How far is a distributed system from what is possible, and what closes the gap?")
        {
            AuditCommand.Create(cancellation),
            CompareCommand.Create(cancellation),
            ScaleCommand.Create(cancellation),
            LimitCommand.Create(),
            CheckCommand.Create(),
            CheckHistoryCommand.Create(cancellation),
            KindsCommand.Create(),
            ExplainCommand.Create(cancellation),
            DiffCommand.Create(),
            MaelstromCommand.Create(cancellation),
            NodeCommand.Create(cancellation),
            LabCommand.Create(cancellation),
            DrawCommand.Create(cancellation),
            ProtocolsCommand.Create(),
            TortureCommand.Create(cancellation),
            ElectionsCommand.Create(cancellation),
            CodeCommand.Create(cancellation),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Complain(parsed, root, args);
            return ExitCode.InputsFault;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static void Complain(ParseResult parsed, RootCommand root, string[] args)
    {
        string commands = string.Join(", ", root.Subcommands.Select(c => c.Name));
        if (parsed.CommandResult.Command == root)
        {
            string? near = args.Length == 0 ? null : NearestName.Of(args[0], root.Subcommands.Select(c => c.Name));
            Console.Error.WriteLine(args.Length == 0 ? "headroom: which command?"
                : $"headroom: no command '{args[0]}'" + (near is null ? "" : $" (did you mean: headroom {near}?)"));
            Console.Error.WriteLine($"commands: {commands}; headroom --help tells more");
            return;
        }

        foreach (ParseError error in parsed.Errors)
        {
            Console.Error.WriteLine($"headroom: {Plain(error.Message)}");
        }

        Console.Error.WriteLine($"usage: headroom {NameOf(parsed.CommandResult)} --help");
    }

    /// <summary>With the commands above: <c>lab raft</c>.</summary>
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult { Parent: not null } above ? $"{NameOf(above)} {command.Command.Name}" : command.Command.Name;

    /// <summary>The parser speaks of types; people know numbers.</summary>
    private static string Plain(string message) => message
        .Replace("'System.Nullable`1[System.Int32]'", "'System.Int32'", StringComparison.Ordinal)
        .Replace("'System.Nullable`1[System.Int64]'", "'System.Int32'", StringComparison.Ordinal)
        .Replace(" as expected type 'System.UInt64'.", ": a whole number from 0 on is expected", StringComparison.Ordinal)
        .Replace(" as expected type 'System.Int32'.", ": a whole number is expected", StringComparison.Ordinal)
        .Replace(" as expected type 'System.Double'.", ": a number is expected", StringComparison.Ordinal);

    private static void Stop(PosixSignalContext signal, CancellationTokenSource interrupted)
    {
        signal.Cancel = true;
        interrupted.Cancel();
        // Work that does not look at the token in time is cut off; outputs appear by rename, so none is half written.
        _ = Task.Delay(InterruptGrace).ContinueWith(async _ =>
        {
            if (_tellsWhatIsFinished)
            {
                await Task.Delay(TellingGrace);
            }

            Environment.Exit(ExitCode.Interrupted);
        }, TaskScheduler.Default);
    }
}
