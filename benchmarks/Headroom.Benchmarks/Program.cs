using System.Globalization;
using System.Text.Json;
using Headroom.Benchmarks;

string? filter = null;
bool asJson = false;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--json")
    {
        asJson = true;
    }
    else if (args[i] == "--filter" && i + 1 < args.Length)
    {
        filter = args[++i];
    }
    else
    {
        Console.Error.WriteLine($"bench: unknown argument '{args[i]}'; it takes --filter NAME and --json");
        return 2;
    }
}

IBenchmark[] chosen = [.. BenchmarkRegistry.All.Where(b => filter is null ? !b.OnlyWhenNamed : b.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"bench: no benchmark's name holds '{filter}'; there are {string.Join(", ", BenchmarkRegistry.All.Select(b => b.Name))}");
    return 2;
}

var results = new List<BenchmarkResult>();
foreach (IBenchmark benchmark in chosen)
{
    Console.Error.WriteLine($"running {benchmark.Name}");
    foreach (BenchmarkResult result in benchmark.Run())
    {
        results.Add(result);
        if (!asJson)
        {
            string goal = result.Goal is { } g ? $"goal {(result.GoalIsAtMost ? "at most" : "at least")} {g.ToString("0.###", CultureInfo.InvariantCulture)}: {(result.Met == true ? "met" : "NOT MET")}" : "";
            Console.WriteLine($"{result.Name,-44} {result.Rate,12:0.###} {result.Unit,-12} {result.Ratio,8:0.###} x {result.Against}  {goal}");
        }
    }
}

if (asJson)
{
    Console.WriteLine(JsonSerializer.Serialize(results.Select(r => new { name = r.Name, rate = r.Rate, unit = r.Unit, ratio = r.Ratio, against = r.Against, goal = r.Goal, met = r.Met }),
        new JsonSerializerOptions { WriteIndented = true }));
}

return 0;
