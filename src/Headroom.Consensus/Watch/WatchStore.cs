using Headroom.Consensus.Groups;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>
/// The store's server: updates come in, wait for their batch, commit after the time that an entry takes, or when it is durable, get their revisions' changes and are told. What is durable it finds again after a
/// crash; an update that is not was told to nobody, and never was.
/// </summary>
internal sealed class WatchStore(WatchOptions options, WatchCatalogue catalogue, ChangeFeed feed, WatchMeter meter) : IGroupRole
{
    private const int UpdateTimer = 0;
    private const int BatchTimer = 1;
    private const int CommitTimer = 2;
    private const int BookmarkTimer = 3;
    private const int ForgetTimer = 4;

    private readonly ChangeCodec _codec = new(catalogue);
    private readonly Queue<(long AtNs, long Record, List<int> Updates)> _proposed = [];
    private readonly RecordCount _recovered = new();
    private List<int> _waiting = [];
    private int _arrived;
    private long _records;
    private long _goodRecords;

    public ObjectStates States => feed.States;

    public int Groups => feed.GroupCount;

    /// <summary>Updates committed so far.</summary>
    public long Revision => feed.Revision;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Start(ref turn);
                break;
            case InputKind.Recovery:
                Recover(input, ref turn);
                break;
            case InputKind.Request when feed.IsReady:
                Arrive((int)input.Number, ref turn);
                break;
            case InputKind.Durable:
                CommitDurable(input.Number, ref turn);
                break;
            case InputKind.Timer:
                OnTimer(input.Number, ref turn);
                break;
            case InputKind.Message:
                feed.OnQuestion(ref turn, input.Peer, input.Head);
                break;
            default:
                break;
        }
    }

    private void OnTimer(long timer, ref Turn turn)
    {
        switch (timer)
        {
            case UpdateTimer:
                Arrive(_arrived++, ref turn);
                AwaitUpdate(ref turn);
                break;
            case BatchTimer:
                Propose(ref turn);
                break;
            case CommitTimer:
                Commit(_proposed.Dequeue().Updates, turn.Clock.LocalNs);
                feed.Announce(ref turn);
                if (_proposed.TryPeek(out (long AtNs, long, List<int>) next))
                {
                    turn.SetTimer(CommitTimer, Math.Max(0, next.AtNs - turn.Clock.LocalNs));
                }

                break;
            case BookmarkTimer:
                feed.Refill();
                feed.Bookmark(ref turn);
                turn.SetTimer(BookmarkTimer, options.BookmarkNs!.Value);
                break;
            default:
                feed.Forget();
                turn.SetTimer(ForgetTimer, options.HistoryNs!.Value);
                break;
        }
    }

    private void Start(ref Turn turn)
    {
        AwaitUpdate(ref turn);
        if (options.BookmarkNs is { } bookmarkNs)
        {
            turn.SetTimer(BookmarkTimer, bookmarkNs);
            if (options.HistoryNs is { } historyNs)
            {
                turn.SetTimer(ForgetTimer, historyNs);
            }
        }
    }

    /// <summary>Where updates come by themselves; with a durable log they are asked for.</summary>
    private void AwaitUpdate(ref Turn turn)
    {
        if (!options.IsDurable && _arrived < meter.Updates.Length)
        {
            turn.SetTimer(UpdateTimer, Math.Max(0, meter.Updates[_arrived].TimeNs - turn.Clock.LocalNs));
        }
    }

    private void Arrive(int update, ref Turn turn)
    {
        _waiting.Add(update);
        if (options.BatchNs == 0 || _waiting.Count >= options.BatchMax)
        {
            Propose(ref turn);
        }
        else if (_waiting.Count == 1)
        {
            turn.SetTimer(BatchTimer, options.BatchNs);
        }
    }

    private void Propose(ref Turn turn)
    {
        turn.CancelTimer(BatchTimer);
        meter.StoreEntries++;
        List<int> updates = _waiting;
        _waiting = [];
        if (!options.IsDurable)
        {
            _proposed.Enqueue((turn.Clock.LocalNs + options.CommitNs, 0, updates));
            if (_proposed.Count == 1)
            {
                turn.SetTimer(CommitTimer, options.CommitNs);
            }

            return;
        }

        if (options.Mutant == WatchMutant.TellEarly)
        {
            Commit(updates, turn.Clock.LocalNs);
            feed.Announce(ref turn);
        }

        _proposed.Enqueue((0, _records, updates));
        Persist(ref turn, updates);
    }

    private void CommitDurable(long records, ref Turn turn)
    {
        while (_proposed.TryPeek(out (long, long Record, List<int> Updates) entry) && entry.Record < records)
        {
            _ = _proposed.Dequeue();
            if (options.Mutant != WatchMutant.TellEarly)
            {
                Commit(entry.Updates, turn.Clock.LocalNs);
            }
            else
            {
                entry.Updates.ForEach(update => options.Witness?.Committed(meter.Committed.IndexOf(update) + 1, update));
            }
        }

        feed.Announce(ref turn);
    }

    private void Commit(List<int> updates, long nowNs)
    {
        foreach (int number in updates)
        {
            WatchUpdate update = meter.Updates[number];
            long revision = feed.Revision + 1;
            meter.CommitMoments.Add(nowNs - update.TimeNs);
            meter.Committed.Add(number);
            if (options.Mutant != WatchMutant.TellEarly)
            {
                options.Witness?.Committed(revision, number);
            }

            feed.Add(revision, update.Object, Write(update, revision));
            feed.Revision = revision;
        }
    }

    private byte[] Write(in WatchUpdate update, long revision)
    {
        if (update.IsDeletion)
        {
            States.Delete(update.Object, revision);
            return ChangeCodec.EncodeDeletion(update.Object);
        }

        WatchKind kind = catalogue.KindOf(update.Object);
        ReadOnlySpan<byte> before = options.Mutant == WatchMutant.StaleBase ? catalogue.FirstState(update.Object) : States.Of(update.Object);
        bool isNew = States.Of(update.Object).IsEmpty;
        before = before.ToArray();
        Span<byte> state = States.ToWrite(update.Object, revision);
        int at = 0;
        for (int field = 0; field < kind.Fields; field++)
        {
            if ((update.Fields >> field & 1) != 0)
            {
                update.Values.AsSpan(at, kind.FieldBytes).CopyTo(state[(field * kind.FieldBytes)..]);
                at += kind.FieldBytes;
            }
        }

        return _codec.Encode(update.Object, update.Fields, before, state, options.IsDelta && !isNew);
    }

    /// <summary>An entry's record: the updates that it holds, by their numbers.</summary>
    private void Persist(ref Turn turn, List<int> updates)
    {
        var room = new byte[NumberedRecord.HeadBytesMax + ((updates.Count + 1) * Varint.LengthMax)];
        VarintWriter writer = NumberedRecord.Begin(room, _goodRecords++);
        writer.Number(updates.Count);
        foreach (int update in updates)
        {
            writer.Number(update);
        }

        _records++;
        turn.Persist(NumberedRecord.Seal(writer));
    }

    private void Recover(in ProcessInput input, ref Turn turn)
    {
        if (input.Number < 0)
        {
            (_records, _goodRecords) = (_recovered.Records, _recovered.Good);
            options.Witness?.Restarted(0);
            if (_recovered.Problem is { } problem)
            {
                options.Witness?.Refused(problem);
                feed.IsReady = false;
                return;
            }

            Start(ref turn);
            feed.Recovered(ref turn);
            return;
        }

        if (!_recovered.TryTake(input.Head, out VarintReader reader))
        {
            return;
        }

        var updates = new List<int>();
        for (int left = reader.Small(meter.Updates.Length); left > 0 && reader.IsGood; left--)
        {
            updates.Add(reader.Small(meter.Updates.Length - 1));
        }

        if (!reader.IsAtEnd)
        {
            _recovered.Refuse("its form is none");
            return;
        }

        Reapply(updates);
    }

    private void Reapply(List<int> updates)
    {
        foreach (int number in updates)
        {
            long revision = feed.Revision + 1;
            options.Witness?.Committed(revision, number);
            if (revision > meter.Committed.Count)
            {
                meter.Committed.Add(number);
            }

            feed.Add(revision, meter.Updates[number].Object, Write(meter.Updates[number], revision));
            feed.Revision = revision;
        }
    }
}
