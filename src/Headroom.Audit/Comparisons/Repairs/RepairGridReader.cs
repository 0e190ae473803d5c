using Headroom.Audit.Comparisons.Grids;
using Headroom.Coding.Erasure;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>Reads what is typed after <c>--network</c>.</summary>
public static class RepairGridReader
{
    private const int CodesMax = 64;
    private const long ShardBytesMax = 1L << 30;

    /// <exception cref="Reading.InputException">What is wrong, and with which option.</exception>
    public static RepairGrid Read(RepairGridText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] names = [.. AxisReader.Split("--codes", text.Codes)];
        if (names.Length > CodesMax)
        {
            throw AxisReader.Wrong("--codes", $"takes 1 to {CodesMax} codes, such as rs(10,4),clay(10,4)");
        }

        ErasureCode[] codes = [.. names.Select(Code).DistinctBy(code => code.Name)];
        return new RepairGrid
        {
            Codes = codes,
            NetworksBps = [.. AxisReader.Bandwidths("--network", text.Network)],
            ShardBytes = AxisReader.Bytes("--shard", text.Shard, (int)ShardBytesMax),
            LatencyNs = One("--link-latency", AxisReader.Times("--link-latency", text.LinkLatency, "10 s")),
            DiskBytesPerSecond = One("--disk", AxisReader.Bandwidths("--disk", text.Disk)) / 8,
            SeekSeconds = One("--seek", AxisReader.Times("--seek", text.Seek, "1 s")) / 1e9,
            ComputeBytesPerSecond = Computing(text.Compute),
            Setting = $"a shard of {text.Shard}, links of {text.LinkLatency}, disks of {text.Disk}{(text.Seek is "0" ? "" : $" and {text.Seek} a seek")}, "
                + (text.Compute == "measured" ? "computing as measured" : $"{text.Compute} rebuilt by a processor"),
        };
    }

    private static ErasureCode Code(string name)
    {
        if (!StorageCodes.TryParse(name, out ErasureCode? code, out string? problem))
        {
            throw AxisReader.Wrong("--codes", problem);
        }

        return code.FailuresSurvived > 0 ? code : throw AxisReader.Wrong("--codes", $"{code} has no redundancy to rebuild a shard from");
    }

    /// <summary>Bytes a second under the kind's name, or under none for all others.</summary>
    private static SortedDictionary<string, double> Computing(string text)
    {
        var rates = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (text.Trim() == "measured")
        {
            return rates;
        }

        foreach (string part in AxisReader.Split("--compute", text))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string kind = equals < 0 ? "" : part[..equals].Trim();
            if (kind.Length > 0 && !CodeKinds.All.Contains(kind))
            {
                throw AxisReader.Wrong("--compute", $"'{kind}' is no kind of code; there are {string.Join(", ", CodeKinds.All)}");
            }

            if (!rates.TryAdd(kind, One("--compute", AxisReader.Bandwidths("--compute", part[(equals + 1)..])) / 8))
            {
                throw AxisReader.Wrong("--compute", $"the rate of {(kind.Length == 0 ? "all others" : kind)} is stated twice");
            }
        }

        rates.TryAdd("", double.PositiveInfinity);
        return rates;
    }

    private static T One<T>(string option, IReadOnlyList<T> values) => values.Count == 1 ? values[0] : throw AxisReader.Wrong(option, $"takes one value, not {values.Count}");
}
