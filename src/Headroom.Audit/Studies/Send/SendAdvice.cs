using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Send;

/// <summary>What the advisor says of a <c>send</c> activity.</summary>
internal static class SendAdvice
{
    /// <summary>Said always: sizes leak what shares a context ([rizzo2012], [gluck2013]).</summary>
    public const string Secrets = "Never let a secret share a compression context (a stream or a dictionary) with what an attacker can influence: "
        + "the sizes give it away (CRIME, BREACH).";

    private const string CpuIsElsewhere = "The money here is egress alone; CPU, which depends on the machine, is added in the finding on cost, where a server has a price. ";

    public static Advice Of(SendInput input, Candidate now, IReadOnlyList<Candidate> candidates, Limit limit)
    {
        Candidate? best = candidates.Where(c => c.MeetsGoals).MinBy(c => c.Value.Value);
        double reference = limit.Value.Number!.Value;
        return new Advice(Reason(now, best, reference), $"{TradeOffs(best)} {(now.Money is null ? "" : CpuIsElsewhere)}{Secrets}", Confidence(input));
    }

    public static Advice OfAlone(SendInput input, Candidate now, IReadOnlyList<Candidate> candidates)
    {
        Candidate? best = candidates.MinBy(c => c.Value.Value);
        return new Advice(
            $"Where every message must be readable alone (datagrams, random access, queues), {best!.Strategy} needs {Share(best, now)} of the bytes of {now.Strategy}.",
            $"{TradeOffs(best)} {Secrets}",
            Confidence(input));
    }

    private static string Reason(Candidate now, Candidate? best, double reference)
    {
        if (best is null)
        {
            return "No strategy tried meets every goal.";
        }

        string left = best.Value.Value > 0 ? $"a better model could still save {Percent(1 - (reference / best.Value.Value))} of that" : "nothing is left";
        return best.Strategy == now.Strategy
            ? $"{now.Strategy} is the best of what was tried on this sample; {left}."
            : $"{best.Strategy} sends {Percent(1 - (best.Value.Value / now.Value.Value))} fewer bytes than {now.Strategy} on this sample; {left}.";
    }

    private static string TradeOffs(Candidate? best) => best is null ? "Relax a goal, or add strategies."
        : best.Strategy.StartsWith("zstd+dictionary", StringComparison.Ordinal)
            ? "Both ends must hold the same dictionary: train it on recent messages, number it, keep the old one until nothing in flight needs it."
        : best.Strategy.EndsWith("per message", StringComparison.Ordinal)
            ? "Each message stands alone: any can be lost, reordered or read at random, at the price of what neighbours have in common."
            : "One stream: a message is readable only after all before it, waits until its block is full (flushing early costs bytes), and a lost piece loses the rest.";

    private static string Confidence(SendInput input)
    {
        long read = input.Sample.BytesRead;
        string size = new Quantity(read, Unit.Byte).ToHumanString();
        string strength = input.Measured.Count switch { >= 1000 => "Good", >= 100 => "Fair", _ => "Low" };
        return $"{strength}: exact on {input.Measured.Count} messages out of {size}; other days may differ, and a longer stream may do better.";
    }

    private static string Share(Candidate part, Candidate whole) => Percent(part.Value.Value / whole.Value.Value);

    private static string Percent(double share) => $"{Print.Significant(100 * share, 3)} %";
}
