using System.Buffers;
using System.Diagnostics;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// What decoding and repair of a Clay code share: planes taken in the order of their intersection score, in each the uncoupled sub-chunks of the nodes that are
/// there, from them those of the erased by the scalar code, and from these the coupled ones. All of it for a block of bytes of every sub-chunk at a time, such
/// that the blocks of all nodes and planes stay in cache, and for runs of planes at once.
/// </summary>
internal abstract class ClayWork : RepairWork
{
    private const int ScratchBytes = 1 << 21;
    private const int BlockBytesMin = 64;

    private readonly MatrixKernel _scalar;
    private readonly int[] _present;
    private readonly bool[] _isErased;

    /// <param name="layout">The grid.</param>
    /// <param name="planes">The planes that are computed in.</param>
    /// <param name="erased">Just m nodes whose uncoupled sub-chunks are computed by the scalar code.</param>
    protected ClayWork(ClayLayout layout, PlaneSpace planes, IReadOnlyList<int> erased)
    {
        (Layout, Planes) = (layout, planes);
        Erased = [.. erased.Order()];
        _present = [.. Enumerable.Range(0, layout.Nodes).Except(Erased)];
        _isErased = new bool[layout.Nodes];
        foreach (int node in Erased)
        {
            _isErased[node] = true;
        }

        int data = layout.DataShards + layout.Virtual;
        Matrix256 parity = ParityMatrices.Vandermonde(data, layout.ParityShards);
        var code = new Matrix256(layout.Nodes, data, (i, j) => i < data ? (i == j ? (byte)1 : (byte)0) : parity[i - data, j]);
        _scalar = code.Select(_present).TryInvert(out Matrix256? inverse)
            ? new MatrixKernel(code.Select(Erased).Multiply(inverse))
            : throw new InvalidOperationException("the scalar code of a Clay code lost its distance");
    }

    protected ClayLayout Layout { get; }

    protected PlaneSpace Planes { get; }

    /// <summary>Ascending.</summary>
    protected int[] Erased { get; }

    /// <summary>Rows of the scratch besides coupled and uncoupled.</summary>
    protected abstract int OtherRows { get; }

    /// <summary>Helpers forward what they read.</summary>
    public sealed override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) =>
        throw new InvalidOperationException("helpers of a Clay code forward what they read");

    public sealed override void Rebuild(IReadOnlyList<Memory<byte>> received, IReadOnlyList<Memory<byte>> rebuilt)
    {
        int part = rebuilt[0].Length;
        int places = ((2 * Layout.Nodes) + OtherRows) * Planes.Count;
        int block = Math.Min(part, Math.Max(BlockBytesMin, ScratchBytes / places / BlockBytesMin * BlockBytesMin));
        byte[] rented = ArrayPool<byte>.Shared.Rent(places * block);
        Spoil(rented);
        var scratch = new ClayScratch(rented, Layout.Nodes, Planes.Count, block);
        for (int node = Layout.DataShards; node < Layout.DataShards + Layout.Virtual; node++)
        {
            scratch.Clear(scratch.Coupled(node, 0), Planes.Count);
        }

        for (int start = 0; start < part; start += block)
        {
            scratch.Length = Math.Min(block, part - start);
            Fill(scratch, received, start);
            RunBlock(scratch);
            Empty(scratch, rebuilt, start);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Puts what was received, from that byte on, into the coupled places.</summary>
    protected abstract void Fill(ClayScratch scratch, IReadOnlyList<Memory<byte>> received, int start);

    protected abstract void RunBlock(ClayScratch scratch);

    protected abstract void Empty(ClayScratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start);

    /// <summary>What an earlier run left must not pass for what this one forgot to compute.</summary>
    [Conditional("DEBUG")]
    private static void Spoil(byte[] scratch) => Array.Fill(scratch, (byte)0xA5);

    protected bool IsErased(int node) => _isErased[node];

    /// <summary>
    /// The uncoupled sub-chunks of what is present in a run: a dot's is the coupled one; a pair that is present lies in planes of one score and is done once, in the
    /// lower of them; where the partner is erased there is <paramref name="withErased"/>: its inputs are the node's coupled sub-chunk and what is known of the partner.
    /// </summary>
    protected void Uncouple(ClayScratch scratch, PlaneRun run, MatrixKernel[] withErased, Func<int, int, int> knownOfErased)
    {
        for (int y = 0; y < Layout.Columns; y++)
        {
            for (int plane = run.Start, count; plane < run.End; plane += count)
            {
                count = Math.Min(Planes.Alike(plane, y), run.End - plane);
                int digit = Planes.Digit(plane, y);
                int other = (y * Layout.Width) + digit;
                for (int x = 0; x < Layout.Width; x++)
                {
                    int node = (y * Layout.Width) + x;
                    if (IsErased(node) || (x < digit && !IsErased(other)))
                    {
                        continue;
                    }

                    int mirrored = x == digit ? plane : Planes.With(plane, y, x);
                    if (x == digit)
                    {
                        scratch.Copy(scratch.Coupled(node, plane), scratch.Uncoupled(node, plane), count);
                    }
                    else if (IsErased(other))
                    {
                        scratch.Apply(withErased[x > digit ? 0 : 1], [scratch.Coupled(node, plane), knownOfErased(other, mirrored)], [scratch.Uncoupled(node, plane)], count);
                    }
                    else
                    {
                        scratch.Apply(PairTransform.Instance.Uncouple, [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)],
                            [scratch.Uncoupled(node, plane), scratch.Uncoupled(other, mirrored)], count);
                    }
                }
            }
        }
    }

    /// <summary>The uncoupled sub-chunks of the erased nodes in a run, from those of all others.</summary>
    protected void DecodeScalar(ClayScratch scratch, PlaneRun run)
    {
        Span<int> inputs = stackalloc int[_present.Length];
        Span<int> outputs = stackalloc int[Erased.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = scratch.Uncoupled(_present[i], run.Start);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = scratch.Uncoupled(Erased[i], run.Start);
        }

        scratch.Apply(_scalar, inputs, outputs, run.Count);
    }
}
