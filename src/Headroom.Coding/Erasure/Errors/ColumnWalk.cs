using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Errors;

/// <summary>
/// Walks over the columns of the shards, a block at a time, with a set of suspects: shards found wrong. Where only suspects are wrong, matrices find that
/// and their errors for many columns at once; at the first other column its own wrong shards are located. They join the suspects while there are few enough; else
/// the column is corrected alone, and if that happens with the same shards twice running, these are the suspects from there on.
/// </summary>
internal sealed class ColumnWalk(ErrorLocator locator, Memory<byte>[] present, int syndromes)
{
    private const int BlockBytes = 4096;

    private readonly MatrixKernel _syndromes = new(locator.SyndromeMatrix());
    private readonly byte[] _syndrome = new byte[syndromes * BlockBytes];
    private readonly byte[] _residual = new byte[syndromes * BlockBytes];
    private readonly byte[] _values = new byte[Math.Max(1, locator.ErrorsMax) * BlockBytes];
    private int[] _suspects = [];
    private int[] _lastAlone = [];
    private MatrixKernel? _residualOf;
    private MatrixKernel? _valuesOf;

    /// <summary>Adds up the errors of each shard; returns the first column with too many, or -1.</summary>
    public int Find(byte[]?[] errors)
    {
        int length = present[0].Length;
        for (int start = 0; start < length; start += BlockBytes)
        {
            int size = Math.Min(BlockBytes, length - start);
            ReadOnlyMemory<byte>[] inputs = [.. present.Select(shard => (ReadOnlyMemory<byte>)shard.Slice(start, size))];
            Memory<byte>[] outputs = [.. Enumerable.Range(0, syndromes).Select(i => _syndrome.AsMemory(i * BlockBytes, size))];
            _syndromes.Apply(inputs, outputs, 0, size);
            int wrongAt = FirstNonZero(_syndrome, syndromes, 0, size) == size ? -1 : WalkBlock(start, size, errors);
            if (wrongAt >= 0)
            {
                return start + wrongAt;
            }
        }

        return -1;
    }

    private int WalkBlock(int start, int size, byte[]?[] errors)
    {
        Span<byte> column = stackalloc byte[syndromes];
        int from = 0;
        int rows = Residuals(from, size);
        for (int at = FirstNonZero(_residual, rows, from, size); at < size; at = FirstNonZero(_residual, rows, at, size))
        {
            for (int i = 0; i < syndromes; i++)
            {
                column[i] = _syndrome[(i * BlockBytes) + at];
            }

            if (!locator.TryLocate(column, out int[]? wrong))
            {
                return at;
            }

            int[] union = [.. _suspects.Union(wrong).Order()];
            bool joins = union.Length <= locator.ErrorsMax;
            if (joins || wrong.SequenceEqual(_lastAlone))
            {
                // What lies before is explained by the suspects so far.
                AddErrors(start, from, at, errors);
                from = at;
                Suspect(joins ? union : wrong);
                rows = Residuals(from, size);
            }
            else
            {
                CorrectAlone(start, at, wrong, column, rows, errors);
            }
        }

        AddErrors(start, from, size, errors);
        return -1;
    }

    private void Suspect(int[] suspects)
    {
        _suspects = suspects;
        _lastAlone = [];
        _residualOf = new MatrixKernel(locator.Residual(suspects));
        _valuesOf = new MatrixKernel(locator.Values(suspects));
    }

    /// <summary>What the suspects do not explain, from that column on; without suspects the syndromes themselves.</summary>
    private int Residuals(int from, int size)
    {
        int rows = syndromes - _suspects.Length;
        if (_residualOf is null)
        {
            _syndrome.CopyTo(_residual, 0);
        }
        else
        {
            _residualOf.Apply(_syndrome, Offsets(syndromes, from), _residual, Offsets(rows, from), size - from);
        }

        return rows;
    }

    private void AddErrors(int start, int from, int to, byte[]?[] errors)
    {
        if (_valuesOf is null || from == to)
        {
            return;
        }

        _valuesOf.Apply(_syndrome, Offsets(syndromes, from), _values, Offsets(_suspects.Length, from), to - from);
        for (int i = 0; i < _suspects.Length; i++)
        {
            byte[] error = errors[_suspects[i]] ??= new byte[present[0].Length];
            Fields.GaloisField256.MultiplyAdd(1, _values.AsSpan((i * BlockBytes) + from, to - from), error.AsSpan(start + from, to - from));
        }
    }

    /// <summary>The column's errors are added, and it counts as right from now on.</summary>
    private void CorrectAlone(int start, int at, int[] wrong, ReadOnlySpan<byte> column, int rows, byte[]?[] errors)
    {
        var values = locator.Values(wrong);
        for (int e = 0; e < wrong.Length; e++)
        {
            byte value = 0;
            for (int i = 0; i < column.Length; i++)
            {
                value ^= Fields.GaloisField256.Multiply(values[e, i], column[i]);
            }

            (errors[wrong[e]] ??= new byte[present[0].Length])[start + at] ^= value;
        }

        for (int i = 0; i < column.Length; i++)
        {
            _syndrome[(i * BlockBytes) + at] = 0;
        }

        for (int i = 0; i < rows; i++)
        {
            _residual[(i * BlockBytes) + at] = 0;
        }

        _lastAlone = wrong;
    }

    private static int[] Offsets(int rows, int from) => [.. Enumerable.Range(0, rows).Select(i => (i * BlockBytes) + from)];

    private static int FirstNonZero(byte[] buffer, int rows, int from, int size)
    {
        int first = size;
        for (int i = 0; i < rows; i++)
        {
            int at = buffer.AsSpan((i * BlockBytes) + from, first - from).IndexOfAnyExcept((byte)0);
            first = at < 0 ? first : from + at;
        }

        return first;
    }
}
