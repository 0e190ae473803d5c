using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;

namespace Headroom.Audit.Comparisons;

/// <summary>Something to compare: a plan of experiments, and rows made of what they gave.</summary>
public interface IComparison
{
    IReadOnlyList<Experiment> Experiments { get; }

    /// <summary>Cells that can be: strategies times settings, without those that a strategy cannot run in.</summary>
    int Cells { get; }

    /// <summary>What is compared, in the plural.</summary>
    string Nouns => "protocols";

    /// <summary>The rows of the finished cells.</summary>
    ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes);

    /// <summary>The experiments of the cells that cross a floor, with a fresh seed; to be run four times as often. None where none does.</summary>
    IComparison? Confirmation(ComparisonResult result);
}
