using System.CommandLine;
using System.Text.Json;
using Headroom.Audit;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;
using Headroom.Consensus.Torture;
using Headroom.Simulation.Hosting;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture PROTOCOL</c>: a protocol under random faults, seed after seed, with everything that it promises checked; or each of its known faults, sought.</summary>
internal abstract class ProtocolTorture<TOptions, TResult>(string name, string description, int seeds)
    where TResult : TortureOutcome
{
    private readonly Option<int> _seeds = new("--seeds") { Description = "how many seeds", DefaultValueFactory = _ => seeds };
    private readonly Option<ulong> _seedFrom = new("--seed-from") { Description = "the first seed", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _threads = new("--threads") { Description = "runs at a time (all cores); no value depends on it" };
    private readonly Option<bool> _mutants = new("--mutants") { Description = "instead: put each of the known faults into the protocol and tell which check finds it after how many seeds" };

    /// <summary>What says how large runs are and what is tortured: told when a failure is to be seen again.</summary>
    protected abstract IReadOnlyList<Option> Sizes { get; }

    protected abstract IReadOnlyList<TortureColumn<TResult>> Columns { get; }

    /// <summary>The options as they were typed, validated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">What a library refuses, by its parameter.</exception>
    protected abstract TOptions Read(ParseResult parsed);

    /// <summary>The option that gives a library's parameter.</summary>
    protected virtual string OptionOf(string parameter) => $"--{parameter.ToLowerInvariant()}";

    /// <summary>Runs seeds, for one thread.</summary>
    protected abstract Func<ulong, TResult> Torture(TOptions options);

    protected abstract MutantFinding[] Mutants(TOptions options, ulong from, int seedsMax, CancellationToken cancellation);

    protected abstract void WriteOptions(Utf8JsonWriter writer, TOptions options);

    public Command Create(CancellationToken cancellation)
    {
        var json = new JsonOption();
        var command = new Command(name, description) { _seeds, _seedFrom };
        foreach (Option option in Sizes)
        {
            command.Add(option);
        }

        command.Add(_threads);
        command.Add(_mutants);
        json.AddTo(command);
        command.SetAction(parsed => Run(parsed, parsed.GetValue(json.ToOutput), parsed.GetValue(json.ToFile), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, bool jsonToOutput, string? jsonFile, CancellationToken cancellation)
    {
        TOptions options = ReadOptions(parsed);
        int seeds = parsed.GetValue(_seeds);
        ulong from = parsed.GetValue(_seedFrom);
        int? threads = parsed.GetValue(_threads);
        if (seeds < 1 || threads < 1)
        {
            throw new InputException(new Mark(seeds < 1 ? "--seeds" : "--threads", 0, 0), "one or more is expected");
        }

        if (parsed.GetValue(_mutants))
        {
            return TortureTable.Show(Mutants(options, from, seeds, cancellation)) ? ExitCode.Done : ExitCode.AnswerIsNo;
        }

        TResult[] results = RunAll(options, from, seeds, threads, cancellation);
        byte[] document = Json(results, options, CommandLine.Of(parsed, $"headroom torture {name}", _seeds, _seedFrom));
        if (jsonFile is not null)
        {
            WholeFile.Write(jsonFile, document, cancellation);
        }

        if (jsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(document);
        }
        else
        {
            TortureTable.Show(results, Columns);
        }

        if (Array.Find(results, result => !result.Holds) is not { } failure)
        {
            return ExitCode.Done;
        }

        Violation violation = failure.Violations[0];
        string again = $"headroom torture {name} --seeds 1 --seed-from {failure.Seed}{Typed(parsed)}";
        Console.Error.WriteLine($"seed {failure.Seed}: {violation.Check} does not hold: {violation.What}, at {violation.AtNs / 1e9:0.000000} s; again with: {again}");
        return ExitCode.AnswerIsNo;
    }

    private TResult[] RunAll(TOptions options, ulong from, int count, int? threads, CancellationToken cancellation)
    {
        using var progress = new ProgressDisplay();
        using var torture = new ThreadLocal<Func<ulong, TResult>>(() => Torture(options));
        int done = 0;
        return Replications.Run(count, i =>
        {
            TResult result = torture.Value!(from + (ulong)i);
            progress.Update(name, (double)Interlocked.Increment(ref done) / count, $"{done} of {count} seeds");
            return result;
        }, threads, cancellation);
    }

    private TOptions ReadOptions(ParseResult parsed)
    {
        try
        {
            return Read(parsed);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw CommandLine.OutOfRange(e, OptionOf(e.ParamName!));
        }
    }

    private string Typed(ParseResult parsed) => string.Concat(Sizes.Select(option => option switch
    {
        Option<bool> flag => parsed.GetValue(flag) ? $" {flag.Name}" : "",
        Option<int> number => $" {number.Name} {parsed.GetValue(number)}",
        Option<string> word => $" {word.Name} {parsed.GetValue(word)}",
        _ => throw new NotSupportedException($"{option.Name} is of no type that is told again"),
    }));

    private byte[] Json(IReadOnlyList<TResult> results, TOptions options, string command)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("version", AuditResult.Version);
            writer.WriteString("command", command);
            WriteOptions(writer, options);
            writer.WriteNumber("failed", results.Count(result => !result.Holds));
            writer.WriteStartArray("seeds");
            foreach (TResult result in results)
            {
                Write(writer, result);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, TResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seed", result.Seed);
        writer.WriteNumber("faults", result.Faults.Faults.Count);
        foreach (TortureColumn<TResult> column in Columns.Where(column => column.Name is not null))
        {
            if (column.IsFlag)
            {
                writer.WriteBoolean(column.Name!, column.Of(result) != 0);
            }
            else
            {
                writer.WriteNumber(column.Name!, column.Of(result));
            }
        }

        writer.WriteNumber("events", result.Events);
        writer.WriteString("digest", result.Digest.ToString("x16"));
        TortureJson.Write(writer, result.Violations);
        writer.WriteEndObject();
    }
}
