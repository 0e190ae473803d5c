using System.CommandLine;
using Headroom.Audit.Reading;
using Headroom.Audit.Studies;
using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom kinds [KIND]</c>: what a system file may hold, from the records that read it.</summary>
internal static class KindsCommand
{
    public static Command Create()
    {
        var kind = new Argument<string?>("kind") { Description = "one kind; all in a line each where left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("kinds", "the kinds of activity: keys, units, defaults, metrics, strategies, an example") { kind };
        command.SetAction(parsed => Print(parsed.GetValue(kind)));
        return command;
    }

    private static int Print(string? name)
    {
        if (name is null)
        {
            Console.WriteLine("A system file begins with these keys:");
            PrintKeys(SystemFile.TopKeys, "  ");
            Console.WriteLine();
            Console.WriteLine("Kinds of activity (headroom kinds KIND tells all of one):");
            foreach (IStudy study in StudyRegistry.All)
            {
                Console.WriteLine($"  {study.Schema.Kind,-10} {study.Schema.Summary}");
            }

            return ExitCode.Done;
        }

        IStudy? found = StudyRegistry.Find(name);
        if (found is null)
        {
            string? near = NearestName.Of(name, StudyRegistry.All.Select(s => s.Schema.Kind));
            Console.Error.WriteLine($"headroom: no kind '{name}'" + (near is null ? $"; known are {string.Join(", ", StudyRegistry.All.Select(s => s.Schema.Kind))}" : $" (did you mean {near}?)"));
            return ExitCode.InputsFault;
        }

        PrintKind(found.Schema);
        return ExitCode.Done;
    }

    private static void PrintKind(KindSchema schema)
    {
        Console.WriteLine($"{schema.Kind}: {schema.Summary}");
        Console.WriteLine();
        Console.WriteLine("Keys (besides name, kind and claims):");
        PrintKeys(schema.Keys, "  ");
        Console.WriteLine();
        Console.WriteLine("Strategies:");
        foreach (StrategyForm form in schema.Strategies)
        {
            Console.WriteLine($"  {form.Signature,-40} {form.Summary}");
        }

        if (schema.Wrappers.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("What may stand before a strategy, with a plus:");
        }

        foreach (StrategyForm form in schema.Wrappers)
        {
            Console.WriteLine($"  {form.Signature,-40} {form.Summary}");
        }

        Console.WriteLine();
        Console.WriteLine("Metrics (the first ranks the strategies; claims name one of them):");
        foreach (Metric metric in schema.Metrics)
        {
            string unit = metric.Unit.Symbol.Length == 0 ? "number" : metric.Unit.Symbol;
            Console.WriteLine($"  {metric.Name,-24} {unit,-16} {(metric.Side == Side.Floor ? "lower is better" : "higher is better")}: {metric.Meaning}");
        }

        foreach (ClaimTopic topic in schema.ClaimTopics)
        {
            Console.WriteLine($"  {topic.Name,-24} {(topic.Unit.Symbol.Length == 0 ? "number" : topic.Unit.Symbol),-16} claims only: {topic.Meaning}");
        }

        Console.WriteLine();
        Console.WriteLine("Example:");
        Console.WriteLine("  - name: an example");
        Console.WriteLine($"    kind: {schema.Kind}");
        foreach (string line in schema.Example.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            Console.WriteLine($"    {line}");
        }
    }

    private static void PrintKeys(IEnumerable<Key> keys, string indent)
    {
        foreach (Key key in keys)
        {
            string need = key.IsRequired ? "required" : key.Default is { } text ? $"default {text}" : "optional";
            Console.WriteLine($"{indent}{key.Name + ":",-14} {key.Summary} ({key.Form}; {need})");
            PrintKeys(key.Children, indent + "  ");
        }
    }
}
