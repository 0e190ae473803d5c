using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>
/// Each member's durable records, and the outputs that wait for one to become durable. An output of a later step waits too: it may reveal what
/// is not yet durable.
/// </summary>
/// <param name="members">How many.</param>
/// <param name="messages">Outputs that wait hold theirs.</param>
/// <param name="keeps">Somebody may come back and read its records; else they are counted and not kept.</param>
internal sealed class DurableLogs(int members, MessagePool messages, bool keeps)
{
    private Log?[]? _logs;

    public bool MustWait(int member) => _logs?[member] is { } log && log.Records.Count > log.Durable;

    /// <summary>Appends a record and gives its serial number, which a crash never frees for another.</summary>
    public int Append(int member, ReadOnlySpan<byte> record, bool anew)
    {
        Log log = (_logs ??= new Log?[members])[member] ??= new Log();
        if (anew)
        {
            log.Beginnings.Enqueue(log.Records.Count);
        }

        log.Records.Add(keeps ? record : default);
        return ++log.Appended;
    }

    /// <summary>All records are durable now: how many there are.</summary>
    public int MakeAllDurable(int member)
    {
        Log log = _logs![member]!;
        return log.Durable = log.Records.Count;
    }

    public void Hold(int member, in Output output)
    {
        Log log = _logs![member]!;
        if (output.Kind is OutputKind.Send or OutputKind.Pack or OutputKind.Reply)
        {
            messages.Hold(output.Handle);
        }

        log.Held.Enqueue((log.Records.Count, output));
    }

    /// <summary>The records up to this serial number are durable: how many there are now, or 0 when a crash came first.</summary>
    public int MakeDurable(int member, int serial)
    {
        Log log = _logs![member]!;
        if (serial <= log.AppendedAtCrash)
        {
            return 0;
        }

        log.Durable = serial - log.Dropped;
        return log.Durable;
    }

    /// <summary>The next output that waits no longer. The caller releases a message it holds.</summary>
    public bool TryRelease(int member, out Output output)
    {
        if (_logs?[member] is { } log && log.Held.TryPeek(out (int Records, Output Output) first) && first.Records <= log.Durable)
        {
            output = log.Held.Dequeue().Output;
            return true;
        }

        output = default;
        return false;
    }

    /// <summary>A crash loses what is not durable and what waits for it; of a share of the bytes that are not durable the records survive, the last of them perhaps torn.</summary>
    public void Crash(int member, double keptShare = 0)
    {
        if (_logs?[member] is not { } log)
        {
            return;
        }

        if (keptShare > 0)
        {
            Keep(log, keptShare);
        }

        log.Dropped += log.Records.Count - log.Durable;
        log.AppendedAtCrash = log.Appended;
        log.Records.Truncate(log.Durable);
        BeginAnew(log);
        while (log.Held.TryDequeue(out (int Records, Output Output) held))
        {
            if (held.Output.Kind is OutputKind.Send or OutputKind.Pack or OutputKind.Reply)
            {
                messages.Release(held.Output.Handle);
            }
        }
    }

    /// <summary>Of records with which the log begins anew the last that is whole is its first now; what was before it is gone, and what of them is not durable too.</summary>
    private static void BeginAnew(Log log)
    {
        int first = 0;
        while (log.Beginnings.TryDequeue(out int beginning))
        {
            first = beginning < log.Durable - (log.IsLastTorn ? 1 : 0) ? beginning : first;
        }

        log.IsLastTorn = false;
        log.Records.DropFirst(first);
        log.Durable -= first;
        log.Dropped += first;
    }

    private static void Keep(Log log, double share)
    {
        long bytes = 0;
        for (int i = log.Durable; i < log.Records.Count; i++)
        {
            bytes += log.Records[i].Length;
        }

        long kept = (long)(bytes * share);
        for (; log.Durable < log.Records.Count && kept > 0; log.Durable++)
        {
            int length = log.Records[log.Durable].Length;
            if (length > kept)
            {
                log.Records.Shorten(log.Durable, (int)kept);
                log.IsLastTorn = true;
            }

            kept -= length;
        }
    }

    /// <summary>The member is gone for good: nothing remains.</summary>
    public void Forget(int member)
    {
        Crash(member);
        if (_logs?[member] is { } log)
        {
            log.Dropped += log.Records.Count;
            log.Durable = 0;
            log.Records.Truncate(0);
        }
    }

    /// <summary>Null for a member that never persisted anything.</summary>
    public RecordBlocks? Records(int member) => _logs?[member]?.Records;

    private sealed class Log
    {
        public RecordBlocks Records { get; } = new();

        public int Durable { get; set; }

        public int Appended { get; set; }

        public int AppendedAtCrash { get; set; }

        /// <summary>Records that are gone for good, by a crash or because the log began anew.</summary>
        public int Dropped { get; set; }

        /// <summary>The records with which the log may begin anew.</summary>
        public Queue<int> Beginnings { get; } = new();

        public bool IsLastTorn { get; set; }

        public Queue<(int Records, Output Output)> Held { get; } = new();
    }
}
