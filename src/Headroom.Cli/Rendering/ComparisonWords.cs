using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Rendering;

/// <summary>What is said before a comparison runs.</summary>
internal static class ComparisonWords
{
    public static void SayPlan((int Cells, int Strategies, string Nouns, int Settings) plan, TrialPolicy policy, int experiments, int finished, TimeSpan estimate, string journal)
    {
        string trials = policy.Budget is { } budget ? $"trials until intervals are within 1 % or {Time(budget)} are over" : $"{policy.Trials} trials each";
        string kept = finished > 0 ? $"; {finished} of {experiments} experiments are finished already (from {journal})" : "";
        Console.Error.WriteLine($"{plan.Cells} cells ({plan.Strategies} {plan.Nouns} x {plan.Settings} settings), {trials}{kept}; about {Time(estimate)}");
    }

    public static string Time(TimeSpan time) => time.TotalSeconds < 1 ? "a second" : new Quantity(Math.Ceiling(time.TotalSeconds), Unit.Second) is { Value: < 100 } seconds
        ? seconds.ToString()
        : $"{Print.Significant(time.TotalSeconds / (time.TotalHours < 2 ? 60 : 3600), 2)} {(time.TotalHours < 2 ? "min" : "h")}";
}
