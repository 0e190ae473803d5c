using Headroom.Simulation.Faults;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>How a member, or the links, are shaded.</summary>
internal enum Shade
{
    Crashed,
    Absent,
    Paused,
    Slow,
    Cut,
    Loss,
}

/// <summary>From when to when a shade holds: of a member, or of links (member -1), with its words.</summary>
internal readonly record struct FaultSpan(Shade Shade, int Member, long FromNs, long ToNs, string Label);

/// <summary>What lasts between the faults that begin and end it.</summary>
internal sealed class FaultSpans
{
    private readonly Dictionary<(Shade Shade, int Member, int Peer), (long FromNs, string Label)> _open = [];
    private readonly List<FaultSpan> _spans = [];
    private readonly long _endNs;

    private FaultSpans(long endNs)
    {
        _endNs = endNs;
    }

    /// <summary>All spans of the faults, which come in order of time, by beginning; those without an end last to the end of the run.</summary>
    public static IReadOnlyList<FaultSpan> Of(IReadOnlyList<Fault> faults, long endNs)
    {
        var spans = new FaultSpans(endNs);
        var seen = new HashSet<int>();
        foreach (Fault fault in faults)
        {
            if (fault.Kind is FaultKind.Join or FaultKind.Leave or FaultKind.Crash or FaultKind.TornCrash or FaultKind.CrashWithMemory && seen.Add(fault.Member) && fault.Kind == FaultKind.Join)
            {
                spans.Open(Shade.Absent, fault.Member, -1, 0, "");
            }

            spans.Strike(fault);
        }

        foreach ((Shade shade, int member, int peer) in spans._open.Keys.ToArray())
        {
            spans.Close(shade, member, peer, endNs);
        }

        return [.. spans._spans.OrderBy(span => span.FromNs).ThenBy(span => span.Shade).ThenBy(span => span.Member).ThenBy(span => span.Label, StringComparer.Ordinal)];
    }

    private void Strike(in Fault fault)
    {
        (int member, int peer, long at) = (fault.Member, fault.Peer, fault.TimeNs);
        switch (fault.Kind)
        {
            case FaultKind.Crash or FaultKind.TornCrash or FaultKind.CrashWithMemory:
                Close(Shade.Paused, member, -1, at);
                Open(Shade.Crashed, member, -1, at, "");
                break;
            case FaultKind.Restart:
                Close(Shade.Crashed, member, -1, at);
                break;
            case FaultKind.Leave:
                Close(Shade.Crashed, member, -1, at);
                Close(Shade.Paused, member, -1, at);
                Open(Shade.Absent, member, -1, at, "");
                break;
            case FaultKind.Join:
                Close(Shade.Absent, member, -1, at);
                break;
            case FaultKind.Pause:
                Open(Shade.Paused, member, -1, at, "");
                break;
            case FaultKind.Resume:
                Close(Shade.Paused, member, -1, at);
                break;
            case FaultKind.Slow when fault.DelayNs > 0:
                Open(Shade.Slow, member, -1, at, "");
                break;
            case FaultKind.Slow:
                Close(Shade.Slow, member, -1, at);
                break;
            default:
                StrikeLinks(fault, member, peer, at);
                break;
        }
    }

    private void StrikeLinks(in Fault fault, int member, int peer, long at)
    {
        switch (fault.Kind)
        {
            case FaultKind.LinkDown:
                Open(Shade.Cut, Math.Min(member, peer), -2 - Math.Max(member, peer), at, $"link {member} – {peer} down");
                break;
            case FaultKind.LinkUp:
                Close(Shade.Cut, Math.Min(member, peer), -2 - Math.Max(member, peer), at);
                break;
            case FaultKind.Cut:
                Open(Shade.Cut, member, peer, at, $"cut {member} → {peer}");
                break;
            case FaultKind.Mend:
                Close(Shade.Cut, member, peer, at);
                break;
            case FaultKind.Partition:
                Close(Shade.Cut, -1, -1, at);
                Open(Shade.Cut, -1, -1, at, $"partition {fault.Sets}");
                break;
            case FaultKind.Unite:
                Close(Shade.Cut, -1, -1, at);
                break;
            case FaultKind.Loss:
                Close(Shade.Loss, -1, -1, at);
                if (fault.Share > 0)
                {
                    Open(Shade.Loss, -1, -1, at, $"loss {Headroom.Kernel.Quantities.Print.Significant(100 * fault.Share, 3)} %");
                }

                break;
            case FaultKind.Heal or FaultKind.HealCore:
                Heal(fault, at);
                break;
        }
    }

    private void Heal(in Fault fault, long at)
    {
        foreach ((Shade shade, int member, int peer) in _open.Keys.ToArray())
        {
            if (shade is Shade.Cut or Shade.Loss || (fault.Sets is { } core && core[0].Contains(member)))
            {
                Close(shade, member, peer, at);
            }
        }
    }

    private void Open(Shade shade, int member, int peer, long at, string label) => _open.TryAdd((shade, member, peer), (at, label));

    private void Close(Shade shade, int member, int peer, long at)
    {
        // What began and ended before the diagram's zero is none of it.
        if (_open.Remove((shade, member, peer), out (long FromNs, string Label) span) && span.FromNs < Math.Max(at, 1) && (span.FromNs >= 0 || at > 0))
        {
            _spans.Add(new FaultSpan(shade, shade is Shade.Cut or Shade.Loss ? -1 : member, Math.Max(0, span.FromNs), Math.Min(at, _endNs), span.Label));
        }
    }
}
