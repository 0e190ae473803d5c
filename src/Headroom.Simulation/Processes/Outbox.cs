using System.Runtime.CompilerServices;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Messages;

namespace Headroom.Simulation.Processes;

internal enum OutputKind : byte
{
    Send,

    /// <summary>A send that shares packets with others; its number is 1 for the first of them.</summary>
    Pack,
    SetTimer,
    CancelTimer,
    Persist,
    Deliver,
    Reply,
}

/// <summary>One output: its target (peer or timer; of a record 1 if the log begins anew with it), its handle (message or body) and a number (delay or request; of a record 1 if its writer counts it as durable).</summary>
internal readonly record struct Output(OutputKind Kind, int Target, int Handle, long Number, bool Urgent);

/// <summary>What one step wants done, in order. Reused from step to step.</summary>
internal sealed class Outbox(MessagePool messages)
{
    private Output[] _outputs = new Output[16];
    private int[] _composed = new int[4];
    private int _composedCount;

    public int Count { get; private set; }

    /// <summary>Of the members' own streams, for those not started yet.</summary>
    public Seed MemberSeed { get; init; }

    /// <summary>The host's disks take no time.</summary>
    public bool WritesAtOnce { get; init; }

    /// <summary>True when the step neither wants anything done nor composed a message.</summary>
    public bool IsEmpty => (Count | _composedCount) == 0;

    public ReadOnlySpan<Output> Outputs => _outputs.AsSpan(0, Count);

    public int Compose(int from, ReadOnlySpan<byte> head, int body)
    {
        int message = messages.Add(from, head, body);
        if (_composedCount == _composed.Length)
        {
            Array.Resize(ref _composed, _composedCount * 2);
        }

        _composed[_composedCount++] = message;
        return message;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(OutputKind kind, int target, int handle, long number = 0, bool urgent = false)
    {
        if (Count == _outputs.Length)
        {
            Array.Resize(ref _outputs, Count * 2);
        }

        _outputs[Count++] = new Output(kind, target, handle, number, urgent);
    }

    public ReadOnlySpan<byte> Head(int message) => messages.Head(message);

    public int Body(int message) => messages.Body(message);

    public void Set(int i, in Output output) => _outputs[i] = output;

    /// <summary>Takes out the outputs from one up to another; those after it move up.</summary>
    public void RemoveRange(int from, int to)
    {
        _outputs.AsSpan(to, Count - to).CopyTo(_outputs.AsSpan(from));
        Count -= to - from;
    }

    /// <summary>The step is over: its own hold on the messages it composed ends.</summary>
    public void Clear()
    {
        for (int i = 0; i < _composedCount; i++)
        {
            messages.Release(_composed[i]);
        }

        _composedCount = 0;
        Count = 0;
    }
}
