using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.KeyValue;

/// <summary>
/// A store of values by key as a state machine. Answers: of get 0 where there is nothing, else 1, the number of tokens, the tokens, and the filling where there is any; of
/// compare-and-set 1 or 0; of others nothing.
/// </summary>
public sealed class KeyValueMachine : IStateMachine
{
    private Cell[] _cells = new Cell[16];
    private byte[] _answer = new byte[64];

    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> command)
    {
        if (!KeyValueCommand.TryRead(command, out KeyValueCommand asked))
        {
            return default;
        }

        if (asked.Verb == KeyValueVerb.Get)
        {
            return Get(asked.Key);
        }

        if (asked.Key >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(asked.Key + 1, 2 * _cells.Length));
        }

        ref Cell cell = ref _cells[asked.Key];
        switch (asked.Verb)
        {
            case KeyValueVerb.Put:
                (cell.Count, cell.Filling) = (0, 0);
                cell.Add(asked.Token, asked.Filling);
                return default;
            case KeyValueVerb.Append:
                cell.Add(asked.Token, asked.Filling);
                return default;
            default:
                bool isFound = cell.Count == 1 && cell.Tokens![0] == asked.Expected;
                if (isFound)
                {
                    (cell.Tokens![0], cell.Filling) = (asked.Token, asked.Filling);
                }

                _answer[0] = isFound ? (byte)1 : (byte)0;
                return _answer.AsSpan(0, 1);
        }
    }

    public ReadOnlySpan<byte> Query(ReadOnlySpan<byte> question) =>
        KeyValueCommand.TryRead(question, out KeyValueCommand asked) && asked.Verb == KeyValueVerb.Get ? Get(asked.Key) : default;

    public byte[] Save()
    {
        int length = Varint.LengthMax;
        foreach (Cell cell in _cells)
        {
            length += Varint.LengthMax * (2 + cell.Count);
        }

        byte[] state = new byte[length];
        var writer = new VarintWriter(state);
        writer.Number(_cells.Length);
        foreach (Cell cell in _cells)
        {
            writer.Number((2L * cell.Count) + (cell.Filling > 0 ? 1 : 0));
            for (int i = 0; i < cell.Count; i++)
            {
                writer.Number(cell.Tokens![i]);
            }

            if (cell.Filling > 0)
            {
                // All filling is alike: its length says it.
                writer.Number(cell.Filling);
            }
        }

        return state[..writer.Length];
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        var reader = new VarintReader(state);
        int count = reader.Small(KeyValueCommand.KeyMax);
        _cells = new Cell[Math.Max(count, 1)];
        for (int key = 0; key < count && reader.IsGood; key++)
        {
            int form = reader.Small(int.MaxValue);
            for (int i = 0; i < form / 2 && reader.IsGood; i++)
            {
                _cells[key].Add(reader.Small(KeyValueCommand.TokenMax - 1), 0);
            }

            _cells[key].Filling = form % 2 == 1 ? reader.Small(int.MaxValue) : 0;
        }
    }

    private ReadOnlySpan<byte> Get(int key)
    {
        Cell cell = key < _cells.Length ? _cells[key] : default;
        int needed = 1 + (Varint.LengthMax * (2 + cell.Count)) + cell.Filling;
        if (_answer.Length < needed)
        {
            _answer = new byte[2 * needed];
        }

        var writer = new VarintWriter(_answer);
        writer.Byte(cell.Count > 0 ? (byte)1 : (byte)0);
        if (cell.Count > 0)
        {
            writer.Number(cell.Count);
            for (int i = 0; i < cell.Count; i++)
            {
                writer.Number(cell.Tokens![i]);
            }

            if (cell.Filling > 0)
            {
                writer.Number(cell.Filling);
                writer.Zeros(cell.Filling);
            }
        }

        return _answer.AsSpan(0, writer.Length);
    }

    /// <summary>A value; nothing where the count is 0.</summary>
    private struct Cell
    {
        public int Count;
        public int[]? Tokens;

        /// <summary>Bytes.</summary>
        public int Filling;

        public void Add(int token, int filling)
        {
            Filling += filling;
            Tokens ??= new int[4];
            if (Count == Tokens.Length)
            {
                Array.Resize(ref Tokens, 2 * Count);
            }

            Tokens[Count++] = token;
        }
    }
}
