using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>CPU time of the calling thread (POSIX <c>CLOCK_THREAD_CPUTIME_ID</c>): what other threads and processes do is not in it.</summary>
public static partial class ThreadCpuClock
{
    /// <summary>Seconds since the thread began, or null where the system has no such clock.</summary>
    public static double? Seconds
    {
        get
        {
            if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            {
                return null;
            }

            const int ThreadCpuTime = 3;
            return ReadClock(ThreadCpuTime, out TimeSpec time) == 0 ? time.Seconds + (time.Nanoseconds * 1e-9) : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
