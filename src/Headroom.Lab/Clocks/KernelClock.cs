using System.Runtime.InteropServices;
using Headroom.Kernel.Findings;

namespace Headroom.Lab.Clocks;

/// <summary>What the operating system says of this machine's clock: on Linux adjtimex(2), read only.</summary>
public static partial class KernelClock
{
    private const int Words = 32;
    private const int Unsynchronised = 0x40;
    private const int ErrorState = 5;

    /// <summary>The clock's uncertainty now, or why there is none.</summary>
    public static KernelClockReading Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            return KernelClockReading.Absent("adjtimex is read on 64-bit little-endian Linux only");
        }

        Span<long> words = stackalloc long[Words];
        words.Clear();
        try
        {
            int state = Adjust(ref MemoryMarshal.GetReference(words));
            return state < 0 ? KernelClockReading.Absent($"adjtimex refused: error {Marshal.GetLastPInvokeError()}") : Decode(state, words);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return KernelClockReading.Absent("this system's C library has no adjtimex");
        }
    }

    /// <summary>Reads struct timex as 64-bit Linux lays it out: modes, offset, freq, maxerror, esterror (microseconds), status, … a word each.</summary>
    internal static KernelClockReading Decode(int state, ReadOnlySpan<long> words)
    {
        (long mostUs, long estimatedUs, int status) = (words[3], words[4], (int)words[5]);
        if (state == ErrorState || (status & Unsynchronised) != 0)
        {
            return KernelClockReading.Absent($"the kernel holds its clock for unsynchronised (its error bound stands at {mostUs} us): no time service tells it of an error") with { MostUs = mostUs, EstimatedUs = estimatedUs };
        }

        return new KernelClockReading
        {
            UncertaintyNs = Estimate.Exact(mostUs * 1000.0, Provenance.Executed("maximum error by adjtimex of this machine's kernel")),
            MostUs = mostUs,
            EstimatedUs = estimatedUs,
        };
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int Adjust(ref long timex);
}
