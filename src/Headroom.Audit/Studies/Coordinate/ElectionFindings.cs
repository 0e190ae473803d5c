using Headroom.Consensus.Bounds;
using Headroom.Dissemination.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Puts the elections beside the bounds.</summary>
internal static class ElectionFindings
{
    public static IEnumerable<Finding> Compose(CoordinateInput input, StudyContext context, IReadOnlyList<ElectionRuns> runs)
    {
        int survivors = input.Links.Members - 1;
        // All who live are told, by whomsoever: the leader's name is a payload that one of them has at first.
        var told = Limit.Of(DisseminationBounds.Copies, new BoundArguments { ["delivered"] = survivors });
        var depth = Limit.Of(DisseminationBounds.CausalDepth, new BoundArguments { ["eccentricity"] = input.Links.Leaders.Min(leader => input.Links.Without(leader).Radius) });
        Limit? worst = input.Links.Shape == LinkShape.Ring ? Limit.Of(ConsensusBounds.RingMessages, new BoundArguments { ["members"] = survivors }) : null;
        (Metric Metric, Func<ElectionRuns, Estimate> Value, Limit? Limit, Func<ElectionRuns, string?> Outside)[] metrics =
        [
            (CoordinateStudy.Messages, run => run.Messages, told, _ => null),
            (CoordinateStudy.Worst, run => run.Worst, worst, run => run.Way.KnowsSize ? "its members know how long the ring is" : null),
            (CoordinateStudy.Bytes, run => run.Bytes, null, _ => null),
            (CoordinateStudy.Rounds, run => run.Rounds, depth, _ => null),
            (CoordinateStudy.Time, run => run.Time, null, _ => null),
            (CoordinateStudy.TimeP99, run => run.TimeP99, null, _ => null),
            (CoordinateStudy.Leaderless, run => run.Leaderless, null, _ => null),
            (CoordinateStudy.Agreed, run => run.Agreed, null, _ => null),
        ];
        foreach ((Metric metric, Func<ElectionRuns, Estimate> value, Limit? limit, Func<ElectionRuns, string?> outside) in metrics)
        {
            bool isHeadline = metric == CoordinateStudy.Messages;
            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Way.Name, value(run))
                {
                    MissedGoals = run.MissedGoals,
                    Money = isHeadline ? run.Money : null,
                    OutsideRegime = limit is null ? null : outside(run),
                    Note = $"{CoordinateWords.Number(run.Messages.Value)} messages an election; noticed after {CoordinateWords.Time(run.Noticed.Value)}, known by all after {CoordinateWords.Time(run.Time.Value)} [{run.Way.Citation.Key}]",
                }),
            ];
            string confidence = $"{runs.Sum(run => run.Crashes)} simulated crashes of leaders on the stated network; real members also stall, which looks like death";
            yield return context.Compose(metric, isHeadline, candidates[0], candidates, limit, CoordinateWords.AdviceOn(metric, candidates, limit, confidence));
        }
    }
}
