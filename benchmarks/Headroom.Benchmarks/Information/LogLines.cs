using System.Text;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Information;

/// <summary>Lines like those of an access log, from a seed: what codecs are measured on here.</summary>
internal static class LogLines
{
    public static byte[] Make(int bytes)
    {
        RandomStream random = new Seed(1).Named("log lines").Stream();
        var text = new StringBuilder(bytes + 200);
        while (text.Length < bytes)
        {
            text.Append($"2026-11-20T10:{random.Below(60):00}:{random.Below(60):00}Z level=info user={random.Below(50_000)} path=/cart/{random.Below(4_000)} ");
            text.Append($"status={(random.Bernoulli(0.03) ? 500 : 200)} took={random.Below(90_000)}us id={random.NextUInt64():x16}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, bytes));
    }
}
