using System.Globalization;
using System.Text;

namespace Headroom.Simulation.Faults;

/// <summary>Faults as statements that <see cref="FaultPlanReader"/> reads back to the same.</summary>
internal static class FaultText
{
    private static readonly (string Symbol, long Ns)[] Units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

    public static string Of(in Fault fault)
    {
        string what = fault.Kind switch
        {
            FaultKind.Crash => $"crash {fault.Member}",
            FaultKind.TornCrash => $"crash {fault.Member} torn at {fault.Share.ToString("R", CultureInfo.InvariantCulture)}",
            FaultKind.CrashWithMemory => $"crash {fault.Member} with memory",
            FaultKind.Restart => $"restart {fault.Member}",
            FaultKind.Pause => $"pause {fault.Member}",
            FaultKind.Resume => $"resume {fault.Member}",
            FaultKind.Slow => $"slow {fault.Member} by {Time(fault.DelayNs)}",
            FaultKind.Clock => $"clock {fault.Member} {(fault.DelayNs < 0 ? "" : "+")}{Time(fault.DelayNs)} drift {Drift(fault.DriftPpb)}",
            FaultKind.Join => $"join {fault.Member}",
            FaultKind.Leave => $"leave {fault.Member}",
            FaultKind.LinkDown => $"link {fault.Member} - {fault.Peer} down",
            FaultKind.LinkUp => $"link {fault.Member} - {fault.Peer} up",
            FaultKind.Cut => $"cut {fault.Member} -> {fault.Peer}",
            FaultKind.Mend => $"mend {fault.Member} -> {fault.Peer}",
            FaultKind.Partition => $"partition {fault.Sets}",
            FaultKind.Unite => "unite",
            FaultKind.Loss => $"loss {fault.Share.ToString("R", CultureInfo.InvariantCulture)}",
            FaultKind.Heal => "heal",
            _ => $"heal core {fault.Sets}",
        };
        return $"at {Time(fault.TimeNs)} {what}";
    }

    /// <summary>In the largest unit that takes a whole number.</summary>
    public static string Time(long ns)
    {
        (string symbol, long unit) = Array.Find(Units, u => ns % u.Ns == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{ns / unit} {symbol}");
    }

    public static string OfSet(ReadOnlySpan<int> ascending)
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < ascending.Length;)
        {
            int end = i;
            while (end + 1 < ascending.Length && ascending[end + 1] == ascending[end] + 1)
            {
                end++;
            }

            text.Append(i > 0 ? "," : "").Append(ascending[i]);
            if (end > i)
            {
                text.Append(end > i + 1 ? '-' : ',').Append(ascending[end]);
            }

            i = end + 1;
        }

        return text.Append('}').ToString();
    }

    private static string Drift(long ppb) => ((decimal)ppb / 1000).ToString(CultureInfo.InvariantCulture) + " ppm";
}
