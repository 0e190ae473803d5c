using System.Buffers;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>Runs a program whose given cells are the sub-chunks received, helper by helper, and whose wanted ones are all sub-chunks of the lost shards.</summary>
internal sealed class ClayWork(Func<MatrixProgram> program) : RepairWork
{
    private readonly Lazy<MatrixProgram> _program = new(program);

    /// <summary>Helpers forward what they read.</summary>
    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) =>
        throw new InvalidOperationException("helpers of a Clay code forward what they read");

    public override unsafe void Rebuild(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part)
    {
        if (part == 0)
        {
            return;
        }

        int count = received.Length + rebuilt.Length;
        byte** pinned = stackalloc byte*[count + Pinning.PerFrame];
        Pinning.Run(new Buffers(received, rebuilt), count, pinned, new Work(_program.Value, received, rebuilt, part));
    }

    private readonly ref struct Buffers(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt) : IBuffers
    {
        private readonly ReadOnlySpan<HeldSubshards> _received = received;
        private readonly ReadOnlySpan<Memory<byte>> _rebuilt = rebuilt;

        public ReadOnlySpan<byte> At(int index) => index < _received.Length ? _received[index].Bytes.Span : _rebuilt[index - _received.Length].Span;
    }

    private readonly ref struct Work(MatrixProgram program, ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part) : IPinnedWork
    {
        private readonly ReadOnlySpan<HeldSubshards> _received = received;
        private readonly ReadOnlySpan<Memory<byte>> _rebuilt = rebuilt;

        public unsafe void Run(byte** places)
        {
            nint[] rented = ArrayPool<nint>.Shared.Rent(program.Cells);
            fixed (nint* cells = rented)
            {
                nint* next = cells;
                for (int i = 0; i < _received.Length; i++)
                {
                    HeldSubshards held = _received[i];
                    for (int j = 0; j < held.Count; j++)
                    {
                        *next++ = (nint)places[i] + ((nint)held.IndexOf(j) * part);
                    }
                }

                for (int i = 0; i < _rebuilt.Length; i++)
                {
                    for (int j = 0; j < _rebuilt[i].Length / part; j++)
                    {
                        *next++ = (nint)places[_received.Length + i] + ((nint)j * part);
                    }
                }

                program.Run((byte**)cells, part);
            }

            ArrayPool<nint>.Shared.Return(rented);
        }
    }
}
