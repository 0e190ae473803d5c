using System.CommandLine;
using System.Text.Json;
using Headroom.Audit;
using Headroom.Audit.Report;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom limit [ID [name=value …]]</c>: the theorems, and what one says for given numbers.</summary>
internal static class LimitCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("bound") { Description = "a bound's name; all in a line each where left out", Arity = ArgumentArity.ZeroOrOne };
        var values = new Argument<string[]>("name=value") { Description = "its parameters: n=14, p=0.5,0.5 (a vector), channel=0.9,0.1;0.1,0.9 (a matrix)", Arity = ArgumentArity.ZeroOrMore };
        var markdown = new Option<bool>("--markdown") { Description = "all bounds as the text of docs/bounds.md" };
        var json = new JsonOption();
        var command = new Command("limit", "what nobody can beat: list the bounds, or evaluate one") { id, values, markdown };
        json.AddTo(command);
        command.SetAction(parsed =>
        {
            string? name = parsed.GetValue(id);
            if (parsed.GetValue(markdown))
            {
                Console.Write(BoundsPage.Markdown());
                return ExitCode.Done;
            }

            bool asJson = parsed.GetValue(json.ToOutput) || parsed.GetValue(json.ToFile) is not null;
            return name is null ? List(asJson, parsed.GetValue(json.ToFile)) : One(name, parsed.GetValue(values) ?? [], asJson, parsed.GetValue(json.ToFile));
        });
        return command;
    }

    private static int List(bool asJson, string? file)
    {
        if (asJson)
        {
            return Emit(json => AuditArray(json, BoundRegistry.All), file);
        }

        int width = BoundRegistry.All.Max(b => b.Id.Length);
        foreach (Bound bound in BoundRegistry.All)
        {
            Console.WriteLine($"{bound.Id.PadRight(width)}  {(bound.Side == Side.Floor ? "floor  " : "ceiling")}  {bound.Title}");
        }

        Console.WriteLine();
        Console.WriteLine($"{BoundRegistry.All.Count} bounds. One of them: headroom limit {BoundRegistry.All[0].Id}");
        return ExitCode.Done;
    }

    private static int One(string id, string[] pairs, bool asJson, string? file)
    {
        Bound? bound = BoundRegistry.Find(id);
        if (bound is null)
        {
            string? near = NearestName.Of(id, BoundRegistry.All.Select(b => b.Id).Concat(BoundRegistry.All.Select(b => b.Id[(b.Id.IndexOf('.', StringComparison.Ordinal) + 1)..])));
            string? full = near is null ? null : BoundRegistry.All.First(b => b.Id == near || b.Id.EndsWith("." + near, StringComparison.Ordinal)).Id;
            Console.Error.WriteLine($"headroom: no bound '{id}'" + (full is null ? "; headroom limit lists them" : $" (did you mean {full}?)"));
            return ExitCode.InputsFault;
        }

        if (pairs.Length == 0 && bound.Parameters.Any(p => p.Default is null) && !asJson)
        {
            Console.Write(BoundsPage.Text(bound));
            return ExitCode.Done;
        }

        if (!BoundArgumentParser.TryParse(bound, pairs, out BoundArguments arguments, out string? problem))
        {
            Console.Error.WriteLine($"headroom: {problem}");
            Console.Error.WriteLine($"an example: headroom limit {bound.Id} {BoundsPage.ShellQuoted(bound.Examples[0].Arguments)}");
            return ExitCode.InputsFault;
        }

        BoundValue value = bound.Evaluate(arguments);
        if (asJson)
        {
            return Emit(json => Write(json, bound, value), file);
        }

        Console.WriteLine($"{bound.Title}: {Shown(bound, value)}  ({(bound.Side == Side.Floor ? "a floor: nothing legal lies below" : "a ceiling: nothing legal lies above")})");
        Console.WriteLine();
        Console.Write(BoundsPage.Text(bound));
        return ExitCode.Done;
    }

    private static string Shown(Bound bound, BoundValue value) => value switch
    {
        BoundValue.Finite finite => new Quantity(finite.Value, bound.Unit).ToString(),
        BoundValue.OutsideRegime outside => $"outside the regime: {outside.Reason}",
        _ => "unbounded",
    };

    private static void AuditArray(Utf8JsonWriter json, IEnumerable<Bound> bounds)
    {
        json.WriteStartArray();
        foreach (Bound bound in bounds)
        {
            Write(json, bound, null);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Bound bound, BoundValue? value)
    {
        json.WriteStartObject();
        json.WriteString("id", bound.Id);
        json.WriteString("title", bound.Title);
        if (value is not null)
        {
            AuditJson.WriteValue(json, "value", value);
        }

        json.WriteString("unit", bound.Unit.Symbol);
        json.WriteString("side", bound.Side == Side.Floor ? "floor" : "ceiling");
        json.WriteString("regime", bound.Regime);
        json.WriteString("citation", $"{bound.Citation} {References.Text(bound.Citation.Key)}");
        json.WriteEndObject();
    }

    private static int Emit(Action<Utf8JsonWriter> write, string? file)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            write(json);
        }

        buffer.WriteByte((byte)'\n');
        if (file is not null)
        {
            WholeFile.Check(file, []);
            WholeFile.Write(file, buffer.ToArray());
            return ExitCode.Done;
        }

        using Stream output = Console.OpenStandardOutput();
        buffer.WriteTo(output);
        return ExitCode.Done;
    }
}
