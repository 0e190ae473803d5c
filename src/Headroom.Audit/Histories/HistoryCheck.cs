using Headroom.Audit.Reading;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Diagrams;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Evidence.Histories;

namespace Headroom.Audit.Histories;

/// <summary>A file's history and whether it is linearizable.</summary>
public sealed record HistoryCheck(string Path, HistoryFile File, LinearizabilityResult Result, double Seconds)
{
    public string Shown => EvidenceFile.Shown(Path);

    public string Verdict => Result.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => "linearizable",
        LinearizabilityVerdict.NotLinearizable => "not linearizable",
        _ => "undecided",
    };

    /// <exception cref="InputException">The file cannot be read, or is not what its format says.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static HistoryCheck Run(string path, HistoryFormat format, SequentialModel? model, LinearizabilityOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(time);
        long start = time.GetTimestamp();
        HistoryFile file = EvidenceFile.Parse(path, text => HistoryReader.Read(text, format, model));
        LinearizabilityResult result = file.Model.Checker(options).Check(file.History, cancellation);
        return new HistoryCheck(path, file, result, time.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>The picture (SVG): the smallest failing part and what is around it, or the beginning of the order.</summary>
    public string Picture()
    {
        int drawn = File.History.Operations.Length;
        string what = Result.Failure is { } failure
            ? $"{failure.Smallest.Count} of {drawn:N0} operations have no order"
            : Result.Verdict == LinearizabilityVerdict.Linearizable ? $"{drawn:N0} operations in order" : $"{drawn:N0} operations, undecided";
        return HistoryDiagram.Draw(File.History, File.Model, Result, $"{System.IO.Path.GetFileName(Path)}: {Verdict} ({what})");
    }
}
