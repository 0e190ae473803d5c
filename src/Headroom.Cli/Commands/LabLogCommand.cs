using System.CommandLine;
using Headroom.Audit.Reading;
using Headroom.Lab.Storage;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom lab log</c>: whether a server's log is whole.</summary>
internal static class LabLogCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = "logs of lab raft and its kin", Arity = ArgumentArity.OneOrMore };
        var log = new Command("log", "read logs that servers left, and say where one is damaged") { files };
        log.SetAction(parsed =>
        {
            foreach (string file in parsed.GetValue(files)!)
            {
                Console.Out.WriteLine(Describe(file));
            }

            return ExitCode.Done;
        });
        return log;
    }

    private static string Describe(string file)
    {
        try
        {
            LogReading reading = LogReader.Read(file);
            return reading.Damage is { } damage ? throw new InputException(new Mark(file, 0, 0), damage)
                : $"{file}: {reading.Records.Count} records in {reading.Groups} groups, {reading.GoodBytes} bytes{(reading.IsAnew ? ", begun anew with a state" : "")}{(reading.TornBytes > 0 ? $"; {reading.TornBytes} bytes at the end were torn and do not count" : "")}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new Mark(file, 0, 0), error.Message);
        }
    }
}
