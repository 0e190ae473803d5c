using Headroom.Consensus.KeyValue;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>Once the core is healed, operations are answered.</summary>
public sealed class ProgressOnceHealed : TortureCheck
{
    /// <summary>Election timeouts, the longest ones, and client timeouts, that the group has to find a leader and to answer.</summary>
    public const int TimeoutsAllowed = 8;

    public override string Name => "progress";

    public override string Statement => "within eight longest election and client timeouts after the core is healed each client is answered, and from then on in that time always";

    public override void Finish(TortureRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.WasCutOff)
        {
            Report(run.EndNs, "messages bred messages without end");
            return;
        }

        long allowedNs = TimeoutsAllowed * (run.ElectionTimeoutNsMax + run.ClientTimeoutNs);
        long dueNs = run.HealedAtNs + allowedNs;
        if (dueNs > run.EndNs)
        {
            return;
        }

        foreach (KeyValueClient client in run.Clients)
        {
            if (!client.IsDone && !client.Calls.Any(call => call.ReturnNs > run.HealedAtNs && call.ReturnNs <= dueNs))
            {
                Report(run.EndNs, $"a client was answered nothing from {run.HealedAtNs / 1e9:0.000} s, when the core was healed, to {dueNs / 1e9:0.000} s");
                return;
            }

            foreach (ClientCall call in client.Calls.Where(call => call.CallNs >= dueNs && call.CallNs + allowedNs <= run.EndNs))
            {
                if (call.ReturnNs > call.CallNs + allowedNs)
                {
                    Report(run.EndNs, $"an operation that began at {call.CallNs / 1e9:0.000} s was {(call.IsPending ? "not answered" : $"answered at {call.ReturnNs / 1e9:0.000} s")}; the core was healed at {run.HealedAtNs / 1e9:0.000} s");
                    return;
                }
            }
        }
    }
}
