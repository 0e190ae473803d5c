using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Faults;

/// <summary>Reads written fault plans: <c>at TIME what</c> and <c>from TIME to TIME what</c>.</summary>
internal static class FaultPlanReader
{
    /// <summary>Characters at most.</summary>
    public const int TextMax = 10_000_000;

    private delegate void Statement(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults);

    private static readonly SortedDictionary<string, (string Form, Statement Read)> Statements = new(StringComparer.Ordinal)
    {
        ["churn"] = ("from 1 s to 9 s churn 2/s for 500 ms [seed 7] [sparing {0}]", Churn),
        ["clock"] = ("at 0 s clock 3 [+5 ms] [drift 100 ppm]", Clock),
        ["crash"] = ("at 1 s crash 4 [with memory] [torn at 40 %]", Crash),
        ["cut"] = ("at 1 s cut 1 -> 2", Pair("cut", "->", FaultKind.Cut, FaultKind.Mend)),
        ["heal"] = ("at 5 s heal [core {0-2}]", Heal),
        ["join"] = ("at 1 s join 4", Members(FaultKind.Join, null)),
        ["leave"] = ("at 1 s leave 4", Members(FaultKind.Leave, FaultKind.Join)),
        ["link"] = ("at 1 s link 1 - 2 down", Link),
        ["loss"] = ("from 1 s to 2 s loss 20 %", Loss),
        ["mend"] = ("at 2 s mend 1 -> 2", Pair("mend", "->", FaultKind.Mend, null)),
        ["partition"] = ("at 3 s partition {0-2} | {3,4}", Partition),
        ["pause"] = ("at 2 s pause 3 [for 500 ms]", Pause),
        ["restart"] = ("at 2 s restart 4", Members(FaultKind.Restart, null)),
        ["resume"] = ("at 2 s resume 3", Members(FaultKind.Resume, null)),
        ["slow"] = ("at 1 s slow 5 by 2 ms", Slow),
        ["unite"] = ("at 5 s unite", (ref cursor, atNs, toNs, faults) => Add(ref cursor, new Fault(atNs, FaultKind.Unite), null, toNs, faults)),
    };

    public static FaultPlan Read(string text, int members)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        if (text.Length > TextMax)
        {
            throw new FaultPlanException(1, 1, $"a plan has at most {TextMax} characters");
        }

        var faults = new List<Fault>();
        int line = 1;
        int lineStart = 0;
        while (lineStart <= text.Length)
        {
            int lineEnd = text.IndexOf('\n', lineStart);
            lineEnd = lineEnd < 0 ? text.Length : lineEnd;
            int comment = text.IndexOf('#', lineStart, lineEnd - lineStart);
            ReadLine(text, lineStart, comment < 0 ? lineEnd : comment, line, members, faults);
            lineStart = lineEnd + 1;
            line++;
        }

        return FaultPlan.InOrder(faults);
    }

    private static void ReadLine(string text, int lineStart, int lineEnd, int line, int members, List<Fault> faults)
    {
        for (int start = lineStart; start <= lineEnd;)
        {
            int end = text.IndexOf(';', start, lineEnd - start);
            end = end < 0 ? lineEnd : end;
            var cursor = new FaultCursor(text, start, end, line, lineStart, members);
            if (!cursor.IsAtEnd)
            {
                ReadStatement(ref cursor, faults);
            }

            start = end + 1;
        }
    }

    private static void ReadStatement(ref FaultCursor cursor, List<Fault> faults)
    {
        int start = cursor.Next();
        bool isSpan = cursor.TrySkip("from");
        if (!isSpan && !cursor.TrySkip("at"))
        {
            throw cursor.Fail(start, $"a statement begins with 'at TIME' or 'from TIME to TIME'; found {cursor.Found()}");
        }

        long atNs = cursor.Time("a time", "3 s");
        long? toNs = null;
        if (isSpan)
        {
            int toAt = cursor.Next();
            cursor.Expect("to", "from 1 s to 2 s …");
            toNs = cursor.Time("a time", "3 s");
            if (toNs < atNs)
            {
                throw cursor.Fail(toAt, $"the span ends before it begins: {FaultText.Time(atNs)} to {FaultText.Time(toNs.Value)}");
            }
        }

        int at = cursor.Next();
        string found = cursor.Found();
        string word = cursor.Word();
        if (!Statements.TryGetValue(word, out (string Form, Statement Read) statement))
        {
            string? near = word.Length == 0 ? null : NearestName.Of(word, Statements.Keys);
            throw cursor.Fail(at, near is null ? $"one of {string.Join(", ", Statements.Keys)} is expected; found {found}" : $"no fault '{word}' (did you mean {near}?)");
        }

        statement.Read(ref cursor, atNs, toNs, faults);
        cursor.ExpectEnd(statement.Form);
        if (faults.Count > FaultPlan.FaultsMax)
        {
            throw cursor.Fail(start, $"a plan has at most {FaultPlan.FaultsMax} faults");
        }
    }

    private static void Add(ref FaultCursor cursor, Fault begin, Fault? end, long? toNs, List<Fault> faults)
    {
        faults.Add(begin);
        if (toNs is not { } endNs)
        {
            return;
        }

        faults.Add(end is { } ending
            ? ending with { TimeNs = endNs }
            : throw cursor.Fail(cursor.Next(), $"'{FaultText.Of(begin)}' ends nothing that lasts: write it with 'at', not 'from … to'"));
    }

    private static Statement Members(FaultKind kind, FaultKind? ending) => (ref cursor, atNs, toNs, faults) =>
    {
        foreach (int member in cursor.MemberOrSet())
        {
            Add(ref cursor, new Fault(atNs, kind, member), ending is { } last ? new Fault(0, last, member) : null, toNs, faults);
        }
    };

    private static Statement Pair(string word, string arrow, FaultKind kind, FaultKind? ending) => (ref cursor, atNs, toNs, faults) =>
    {
        (int from, int to) = Ends(ref cursor, arrow, $"{word} 1 {arrow} 2");
        Add(ref cursor, new Fault(atNs, kind, from, to), ending is { } last ? new Fault(0, last, from, to) : null, toNs, faults);
    };

    private static (int From, int To) Ends(ref FaultCursor cursor, string arrow, string form)
    {
        int from = cursor.Member();
        cursor.Expect(arrow, form);
        int at = cursor.Next();
        int to = cursor.Member();
        return from != to ? (from, to) : throw cursor.Fail(at, $"no link leads from {from} to itself");
    }

    private static void Link(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        (int from, int to) = Ends(ref cursor, "-", "link 1 - 2 down");
        bool isDown = cursor.TrySkip("down");
        if (!isDown)
        {
            cursor.Expect("up", "link 1 - 2 down (or up)");
        }

        Add(ref cursor, new Fault(atNs, isDown ? FaultKind.LinkDown : FaultKind.LinkUp, from, to), isDown ? new Fault(0, FaultKind.LinkUp, from, to) : null, toNs, faults);
    }

    private static void Crash(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        List<int> members = cursor.MemberOrSet();
        bool keeps = cursor.TrySkip("with");
        if (keeps)
        {
            cursor.Expect("memory", "crash 4 with memory");
        }

        double share = 0;
        bool isTorn = !keeps && cursor.TrySkip("torn");
        if (isTorn)
        {
            cursor.Expect("at", "crash 4 torn at 40 %");
            int at = cursor.Next();
            share = cursor.Amount("a share of the bytes under way", "40 %", Dimension.None).Base;
            if (!(share is >= 0 and < 1))
            {
                throw cursor.Fail(at, "a share that reached the disk is at least 0 and below 100 %");
            }
        }

        FaultKind kind = keeps ? FaultKind.CrashWithMemory : isTorn ? FaultKind.TornCrash : FaultKind.Crash;
        foreach (int member in members)
        {
            Add(ref cursor, new Fault(atNs, kind, member) { Share = share }, new Fault(0, FaultKind.Restart, member), toNs, faults);
        }
    }

    private static void Pause(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        List<int> members = cursor.MemberOrSet();
        if (toNs is null && cursor.TrySkip("for"))
        {
            toNs = atNs + cursor.Time("a pause", "500 ms");
        }

        foreach (int member in members)
        {
            Add(ref cursor, new Fault(atNs, FaultKind.Pause, member), new Fault(0, FaultKind.Resume, member), toNs, faults);
        }
    }

    private static void Slow(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        List<int> members = cursor.MemberOrSet();
        cursor.Expect("by", "slow 5 by 2 ms");
        long delayNs = cursor.Time("the time for an input", "2 ms");
        foreach (int member in members)
        {
            Add(ref cursor, new Fault(atNs, FaultKind.Slow, member) { DelayNs = delayNs }, new Fault(0, FaultKind.Slow, member), toNs, faults);
        }
    }

    private static void Clock(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        List<int> members = cursor.MemberOrSet();
        bool leaps = !cursor.IsAtEnd && !cursor.TrySkip("drift");
        long leapNs = leaps ? cursor.Time("a clock's leap", "+5 ms", mayBeNegative: true) : 0;
        long driftPpb = 0;
        if (leaps ? cursor.TrySkip("drift") : !cursor.IsAtEnd)
        {
            int at = cursor.Next();
            double ppb = Math.Round(cursor.Amount("a drift", "100 ppm", Dimension.None).Base * 1e9);
            driftPpb = Math.Abs(ppb) <= FaultPlan.DriftPpbMax ? (long)ppb : throw cursor.Fail(at, $"a drift is at most {FaultPlan.DriftPpbMax / 1000} ppm either way");
        }
        else if (!leaps)
        {
            throw cursor.Fail(cursor.Next(), "'clock 3 +5 ms', 'clock 3 drift 100 ppm' or both is expected; found the end");
        }

        foreach (int member in members)
        {
            Add(ref cursor, new Fault(atNs, FaultKind.Clock, member) { DelayNs = leapNs, DriftPpb = driftPpb }, new Fault(0, FaultKind.Clock, member) { DelayNs = -leapNs }, toNs, faults);
        }
    }

    private static void Loss(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        int at = cursor.Next();
        double share = cursor.Amount("a share of messages", "20 %", Dimension.None).Base;
        if (!(share is >= 0 and < 1))
        {
            throw cursor.Fail(at, "a share that is lost is at least 0 and below 100 %");
        }

        Add(ref cursor, new Fault(atNs, FaultKind.Loss) { Share = share }, new Fault(0, FaultKind.Loss), toNs, faults);
    }

    private static void Partition(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        var seen = new HashSet<int>();
        var sets = new List<IReadOnlyList<int>>();
        do
        {
            int at = cursor.Next();
            int members = cursor.Members;
            List<int> set = cursor.TrySkip("rest") ? [.. Enumerable.Range(0, members).Where(member => !seen.Contains(member))] : cursor.Set();
            if (set.Count == 0)
            {
                throw cursor.Fail(at, "nobody is left for 'rest'");
            }

            foreach (int member in set)
            {
                if (!seen.Add(member))
                {
                    throw cursor.Fail(at, $"member {member} stands in two sets");
                }
            }

            sets.Add(set);
        }
        while (cursor.TrySkip("|"));
        if (sets.Count < 2)
        {
            throw cursor.Fail(cursor.Next(), "a partition has two sets or more: 'partition {0-2} | {3,4}' or '{0-2} | rest'");
        }

        Add(ref cursor, new Fault(atNs, FaultKind.Partition) { Sets = new MemberSets(sets) }, new Fault(0, FaultKind.Unite), toNs, faults);
    }

    private static void Heal(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults) =>
        Add(ref cursor, cursor.TrySkip("core") ? new Fault(atNs, FaultKind.HealCore) { Sets = new MemberSets([cursor.Set()]) } : new Fault(atNs, FaultKind.Heal), null, toNs, faults);

    private static void Churn(ref FaultCursor cursor, long atNs, long? toNs, List<Fault> faults)
    {
        int at = cursor.Next();
        if (toNs is not { } endNs)
        {
            throw cursor.Fail(at, "churn lasts: write 'from 1 s to 9 s churn 2/s for 500 ms'");
        }

        double perSecond = cursor.Amount("a rate of leaving", "2/s", Unit.PerSecond.Dimension).Base;
        cursor.Expect("for", "churn 2/s for 500 ms");
        long awayNs = cursor.Time("the time away", "500 ms");
        ulong seed = cursor.TrySkip("seed") ? cursor.Whole("a seed") : 0;
        List<int> spared = cursor.TrySkip("sparing") ? cursor.MemberOrSet() : [];
        if (!(perSecond > 0 && perSecond * (endNs - atNs) / 1e9 <= FaultPlan.FaultsMax / 4) || awayNs < 1)
        {
            throw cursor.Fail(at, $"churn has a rate above 0 and a time away above 0, and at most {FaultPlan.FaultsMax / 4} leave in all");
        }

        faults.AddRange(FaultPlan.Churn(cursor.Members, perSecond, atNs, endNs, awayNs, new Seed(seed).Named("churn"), [.. spared]).Faults);
    }
}
