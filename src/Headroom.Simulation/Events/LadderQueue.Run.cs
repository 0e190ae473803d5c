namespace Headroom.Simulation.Events;

/// <summary>The run: many events of one time in the order of their sequence, which leave block by block, and those that join them meanwhile.</summary>
public sealed partial class LadderQueue
{
    private int _runBlock;
    private int _runLeft;
    private long _runTimeNs;
    private long _runOrder;

    // Of the run's time, after it.
    private EventList _runNext;

    private bool HasRun => _runLeft > 0 || _runNext.Count > 0;

    private void StartRun(int firstBlock, int count, in EventSpread spread)
    {
        _runBlock = firstBlock;
        _runLeft = count;
        _runTimeNs = spread.MinNs;
        _runOrder = spread.LastOrder;
        _bottomLimit = 0;
        if (!spread.IsOrdered)
        {
            EventList list = default;
            TakeRun(ref list);
            SortIntoBottom(ref list);
        }
    }

    /// <summary>An event before the run belongs to bottom. One amid the run, which only sequences out of order bring about, brings the run to bottom too.</summary>
    private bool TryAddToRun(in SimulationEvent item)
    {
        if (item.TimeNs < _runTimeNs)
        {
            return false;
        }

        if (item.Order > _runOrder)
        {
            _runOrder = item.Order;
            _blocks.Append(ref _runNext, item);
            return true;
        }

        EventList list = default;
        TakeRun(ref list);
        SortIntoBottom(ref list);
        return false;
    }

    private void RefillFromRun()
    {
        if (_runLeft == 0)
        {
            ContinueRun();
        }

        int count = Math.Min(_runLeft, EventBlocks.Length);
        MakeRoomInBottom(count);
        _blocks.Items(_runBlock, count).CopyTo(_bottom.AsSpan(_tail));
        _tail += count;
        StepRun();
    }

    /// <summary>Ends the run, its events appended to a list.</summary>
    private void TakeRun(ref EventList list)
    {
        while (HasRun)
        {
            if (_runLeft == 0)
            {
                ContinueRun();
            }

            foreach (ref readonly SimulationEvent item in _blocks.Items(_runBlock, Math.Min(_runLeft, EventBlocks.Length)))
            {
                _blocks.Append(ref list, item);
            }

            StepRun();
        }
    }

    private void ContinueRun()
    {
        // It joined in the order of its sequence.
        _runLeft = _runNext.Count;
        _runBlock = _blocks.TurnForward(_runNext);
        _runNext = default;
    }

    private void StepRun()
    {
        _runLeft = Math.Max(0, _runLeft - EventBlocks.Length);
        _runBlock = _blocks.Free(_runBlock);
        _bottomLimit = HasRun ? 0 : BottomMax;
    }
}
