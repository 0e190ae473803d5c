using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>What it asks, and of whom, and again.</summary>
internal sealed partial class TransactionClient
{
    /// <summary>Times that it goes where it is sent at once; then it waits until it is time to ask again.</summary>
    public const int RedirectsMax = 4;

    /// <summary>Asks the leaders of all groups, or of one, for what is missing.</summary>
    private void Read(int group, ref Turn turn)
    {
        bool isLocking = !_isSnapshot && options.Conflicts == ConflictRule.WoundWait;
        for (int i = 0; i < _keys.Count; i++)
        {
            // Locks that are there are asked for again with the others: nobody pursued them otherwise.
            int of = _keys[i] % options.Groups;
            if ((group < 0 || of == group) && (isLocking || !_values[i].HasCome))
            {
                ReadOnlySpan<long> numbers = _isSnapshot ? [_keys[i], 1, _timestampNs] : isLocking ? [_keys[i], 2, _firstNs] : [_keys[i], 0];
                TransactionMessage.Send(ref turn, _leaders[of], TransactionVerb.Read, _number, numbers);
            }
        }
    }

    /// <summary>Asks the groups, or one of them, to commit: the first key's coordinates.</summary>
    private void Commit(int group, ref Turn turn)
    {
        FindGroups();
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            if (group < 0 || _groups[i] == group)
            {
                Request(_groups[i], ref turn);
            }
        }
    }

    /// <summary>The groups of the keys, that of the first one first.</summary>
    private void FindGroups()
    {
        _groups.Clear();
        foreach (int key in _keys)
        {
            int group = key % options.Groups;
            if (!_groups.Contains(group))
            {
                _groups.Add(group);
            }
        }
    }

    private void Request(int group, ref Turn turn)
    {
        int coordinator = _groups[0];
        int length = 1 + (Varint.LengthMax * (6 + _groups.Count + (2 * _keys.Count))) + (options.ValueBytes * _keys.Count);
        Span<byte> room = length <= 4096 ? stackalloc byte[4096] : new byte[length];
        var writer = new VarintWriter(room);
        writer.Byte((byte)(group == coordinator ? TransactionVerb.Commit : TransactionVerb.Prepare));
        writer.Number(_number);
        writer.Number(TermOf(group));
        if (group == coordinator)
        {
            CommitRecord.WriteAll(ref writer, _groups.GetRange(1, _groups.Count - 1));
        }
        else
        {
            writer.Number(_leaders[coordinator]);
            writer.Number(TermOf(coordinator));
        }

        writer.Number(_keys.Count(key => key % options.Groups == group));
        for (int i = 0; i < _keys.Count; i++)
        {
            if (_keys[i] % options.Groups == group)
            {
                writer.Number(_keys[i]);
                writer.Number(_values[i].VersionNs);
                writer.Zeros(options.ValueBytes);
            }
        }

        turn.Send(_leaders[group], turn.Compose(room[..writer.Length]));
    }

    /// <summary>The term in which the group's keys were read; the first of several, in which nothing is taken any more.</summary>
    private long TermOf(int group)
    {
        long term = long.MaxValue;
        for (int i = 0; i < _keys.Count; i++)
        {
            term = _keys[i] % options.Groups == group ? Math.Min(term, _values[i].Term) : term;
        }

        return term;
    }

    private void Abandon(ref Turn turn)
    {
        FindGroups();
        foreach (int group in _groups)
        {
            TransactionMessage.Send(ref turn, _leaders[group], TransactionVerb.Abandon, _number);
        }
    }

    /// <summary>Nothing came for a while: leaders may be others by now.</summary>
    private void Repeat(ref Turn turn)
    {
        turn.SetTimer(RepeatTimer, options.RepeatNs);
        _redirects = 0;
        if (_isCommitting && options.Mutant == CommitMutant.AttemptAnew)
        {
            _isCommitting = false;
            CountAbort();
            Begin(ref turn);
            return;
        }

        if (_isSnapshot && _timestampNs == 0)
        {
            TransactionMessage.Send(ref turn, options.Oracle, TransactionVerb.AskTime, _number);
            return;
        }

        FindGroups();
        foreach (int group in _groups)
        {
            bool isSilent = _isCommitting ? group == _groups[0] : IsMissing(group);
            if (isSilent)
            {
                _leaders[group] = (group * options.Replicas) + ((_leaders[group] + 1) % options.Replicas);
            }
        }

        if (_isCommitting)
        {
            Commit(-1, ref turn);
        }
        else
        {
            Read(-1, ref turn);
        }
    }

    private bool IsMissing(int group)
    {
        for (int i = 0; i < _keys.Count; i++)
        {
            if (_keys[i] % options.Groups == group && !_values[i].HasCome)
            {
                return true;
            }
        }

        return false;
    }

    private void OnElsewhere(int from, long lead, ref Turn turn)
    {
        int group = from / options.Replicas;
        if (_leaders[group] != from || lead == from || lead < 0 || lead / options.Replicas != group || _redirects++ >= RedirectsMax)
        {
            return;
        }

        _leaders[group] = (int)lead;
        if (_isCommitting)
        {
            Commit(group, ref turn);
        }
        else
        {
            Read(group, ref turn);
        }
    }
}
