using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Watch;

/// <summary>The store's server: updates come in, wait for their batch, commit after the time that an entry takes, get their revisions' changes and are told.</summary>
internal sealed class WatchStore(WatchOptions options, WatchCatalogue catalogue, ChangeFeed feed, WatchMeter meter) : IGroupRole
{
    private const int UpdateTimer = 0;
    private const int BatchTimer = 1;
    private const int CommitTimer = 2;

    private readonly ChangeCodec _codec = new(catalogue);
    private readonly Queue<(long TimeNs, int UpTo)> _proposed = [];
    private int _arrived;
    private int _batched;
    private int _committed;

    public ObjectStates States { get; } = new(catalogue);

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                AwaitUpdate(ref turn);
                break;
            case InputKind.Timer when input.Number == UpdateTimer:
                Arrive(ref turn);
                AwaitUpdate(ref turn);
                break;
            case InputKind.Timer when input.Number == BatchTimer:
                Propose(ref turn);
                break;
            case InputKind.Timer when input.Number == CommitTimer:
                Commit(ref turn);
                break;
            case InputKind.Message:
                var reader = new VarintReader(input.Head);
                if (reader.Byte() == ChangeFeed.Resume && reader.Number() is var revision && reader.IsAtEnd)
                {
                    feed.OnResume(ref turn, input.Peer, revision, _committed);
                }

                break;
            default:
                break;
        }
    }

    private void AwaitUpdate(ref Turn turn)
    {
        if (_arrived < meter.Updates.Length)
        {
            turn.SetTimer(UpdateTimer, Math.Max(0, meter.Updates[_arrived].TimeNs - turn.Clock.LocalNs));
        }
    }

    private void Arrive(ref Turn turn)
    {
        _arrived++;
        if (options.BatchNs == 0 || _arrived - _batched >= options.BatchMax)
        {
            Propose(ref turn);
        }
        else if (_arrived - _batched == 1)
        {
            turn.SetTimer(BatchTimer, options.BatchNs);
        }
    }

    private void Propose(ref Turn turn)
    {
        turn.CancelTimer(BatchTimer);
        _batched = _arrived;
        meter.StoreEntries++;
        _proposed.Enqueue((turn.Clock.LocalNs + options.CommitNs, _arrived));
        if (_proposed.Count == 1)
        {
            turn.SetTimer(CommitTimer, options.CommitNs);
        }
    }

    private void Commit(ref Turn turn)
    {
        (_, int upTo) = _proposed.Dequeue();
        for (; _committed < upTo; _committed++)
        {
            WatchUpdate update = meter.Updates[_committed];
            meter.CommitMoments.Add(turn.Clock.LocalNs - update.TimeNs);
            feed.Add(_committed + 1, catalogue.TopicOf(update.Object), Write(update));
        }

        feed.Announce(ref turn);
        if (_proposed.TryPeek(out (long TimeNs, int UpTo) next))
        {
            turn.SetTimer(CommitTimer, Math.Max(0, next.TimeNs - turn.Clock.LocalNs));
        }
    }

    private byte[] Write(in WatchUpdate update)
    {
        WatchKind kind = catalogue.KindOf(update.Object);
        byte[] before = (options.Mutant == WatchMutant.StaleBase ? catalogue.FirstState(update.Object) : States.Of(update.Object)).ToArray();
        Span<byte> state = States.ToWrite(update.Object);
        int at = 0;
        for (int field = 0; field < kind.Fields; field++)
        {
            if ((update.Fields >> field & 1) != 0)
            {
                update.Values.AsSpan(at, kind.FieldBytes).CopyTo(state[(field * kind.FieldBytes)..]);
                at += kind.FieldBytes;
            }
        }

        return _codec.Encode(update.Object, update.Fields, before, state, options.IsDelta);
    }
}
