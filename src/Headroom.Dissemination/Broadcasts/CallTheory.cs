using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What gossip by calls costs where everybody reaches everybody: see <see cref="CallCourse"/>.</summary>
internal static class CallTheory
{
    /// <summary>Until broadcasts have aged.</summary>
    public static long WatchedPeriods(CallGossipOptions options) => options.PullPeriods + 3;

    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, CallGossipOptions options)
    {
        double live = setting.Live;
        if (live < 2)
        {
            return null;
        }

        int steps = Costs.StepsPerLatency(setting);
        var course = new CallCourse(setting.Members, live, options.Calls, options.PushPeriods, options.PullPeriods, setting.Network.Loss, steps, Costs.LateRoundTrips(setting));
        double calls = live * options.Calls * WatchedPeriods(options);
        double copies = live * (course.Pushes + course.Answers);
        double copiesMost = live * options.Calls * (options.PushPeriods + options.PullPeriods + 1);
        double missing = live * course.Curve.Missed;
        // Runs that miss somebody may cost as little as what the origin pushes.
        double copiesLeast = Costs.IsSure(missing) ? live - 1 : options.Calls * options.PushPeriods;
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return new CostCases(copiesLeast, copies, copiesMost);
            case BroadcastMetric.Messages:
                return new CostCases(calls, calls + (live * course.Answers), calls + copiesMost);
            case BroadcastMetric.Bytes:
                double payload = Costs.Payload(setting, CallHead.PayloadLength);
                double blank = Costs.Control(setting, 1);
                double listing = Costs.Control(setting, 9);
                double idle = calls - (live * course.Pushes);
                return new CostCases(
                    (copiesLeast * payload) + (Math.Max(0, calls - copiesLeast) * blank),
                    (copies * payload) + (live * course.Blank * blank) + ((idle - (live * course.Blank)) * listing),
                    (copiesMost * payload) + (calls * listing));
            case BroadcastMetric.Rounds:
                return new CostCases(1, course.Curve.LastStep(live), double.PositiveInfinity);
            case BroadcastMetric.Latency:
                return Costs.Latency(setting, Costs.OneCopySeconds(setting), course.Curve, missing, steps);
            case BroadcastMetric.Delivered:
                return new CostCases(1, 1 - (missing / (live - 1)), 0);
            default:
                return null;
        }
    }
}
