using Headroom.Coding.Erasure;
using Headroom.Coding.Repairs;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>How fast a code's repair computes: bytes rebuilt a second at the newcomer, bytes read a second where a helper sends combinations.</summary>
internal readonly record struct ComputeRates(double Rebuild, double Message)
{
    private const int Turns = 12;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    /// <summary>The stated rate, of a helper's reading too.</summary>
    public static ComputeRates Stated(RepairGrid grid, ErasureCode code)
    {
        double rate = grid.ComputeBytesPerSecond.TryGetValue(CodeKinds.Of(code.Name), out double own) ? own : grid.ComputeBytesPerSecond[""];
        return new ComputeRates(rate, rate);
    }

    /// <summary>The best of some turns on this machine, on one thread, for blocks of the size that the run rebuilds.</summary>
    public static ComputeRates Measured(ShardRepairOptions options, TimeProvider time)
    {
        RepairPlan plan = ShardLoad.PlanOf(options);
        int bytes = options.ExactBlockBytes;
        byte[] lost = new byte[bytes];
        ReadOnlyMemory<byte>[] messages = [.. plan.Helpers.Select(helper => (ReadOnlyMemory<byte>)Filled(helper.MessageBytes(bytes)))];
        double rebuild = Best(() => plan.Rebuild(messages, [lost]), bytes, time);
        int combining = Enumerable.Range(0, plan.Helpers.Count).FirstOrDefault(i => !plan.Helpers[i].Forwards, -1);
        if (combining < 0)
        {
            return new ComputeRates(rebuild, double.PositiveInfinity);
        }

        byte[] read = Filled(plan.Helpers[combining].ReadBytes(bytes));
        byte[] message = new byte[plan.Helpers[combining].MessageBytes(bytes)];
        return new ComputeRates(rebuild, Best(() => plan.Message(combining, read, message), read.Length, time));
    }

    private static double Best(Action work, int bytes, TimeProvider time)
    {
        double best = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            long start = time.GetTimestamp();
            int times = 0;
            do
            {
                work();
                times++;
            }
            while (time.GetElapsedTime(start) < Turn);

            best = Math.Max(best, (double)times * bytes / time.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static byte[] Filled(int bytes)
    {
        byte[] filled = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            filled[i] = (byte)((i * 151) ^ (i >> 7));
        }

        return filled;
    }
}
