namespace Headroom.Coding.Fields.Kernels;

/// <summary>Where the buffers of a call lie: all of one length, outputs apart from inputs. A struct, so that the kernel's call of it is direct.</summary>
internal interface IBuffers
{
    ReadOnlySpan<byte> Input(int index);

    Span<byte> Output(int index);
}
