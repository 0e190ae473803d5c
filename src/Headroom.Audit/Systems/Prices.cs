using Headroom.Audit.Reading;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Systems;

/// <summary>What things cost. A price that was not given is null, and so is the money that would need it: nothing is assumed.</summary>
public sealed record Prices
{
    private static readonly Key<Quantity> StorageKey = Keys.Quantity("storage", "21 $/TB/month", "stored bytes");
    private static readonly Key<Quantity> ServerKey = Keys.Quantity("server", "0.4 $/h", "one server");
    private static readonly Key<Quantity> EnergyKey = Keys.Quantity("energy", "0.12 $/kWh", "energy");
    private static readonly Key<Quantity> LatencyKey = Keys.Quantity("latency", "300 $/ms/day", "what a millisecond of delay loses");
    private static readonly Key<Quantity> CapacityKey = Keys.Quantity("capacity", "0.8 $/Mbps/month", "link capacity");
    private static readonly Key<IReadOnlyDictionary<string, Quantity>> EgressKey = new("egress", "money/data, such as 0.02 $/GB, or a mapping of region pairs with a default",
        "bytes that leave a site", ReadEgress);

    /// <summary>The keys of the system file's <c>prices:</c> section.</summary>
    public static IReadOnlyList<Key> SystemKeys { get; } = [EgressKey, StorageKey, ServerKey, EnergyKey, LatencyKey, CapacityKey];

    public static Prices None { get; } = new();

    /// <summary>By region pair (<c>eu-asia</c>), with <c>default</c>.</summary>
    public IReadOnlyDictionary<string, Quantity> Egress { get; init; } = new SortedDictionary<string, Quantity>(StringComparer.Ordinal);

    public Quantity? Storage { get; init; }

    public Quantity? Server { get; init; }

    public Quantity? Energy { get; init; }

    public Quantity? Latency { get; init; }

    public Quantity? Capacity { get; init; }

    /// <summary>Dollars per byte that leaves a site, for a region pair or by default.</summary>
    public double? EgressPerByte(string pair = "default") =>
        Egress.TryGetValue(pair, out Quantity price) || Egress.TryGetValue("default", out price) ? price.In("$/B") : null;

    /// <summary>
    /// Dollars per byte from a region to another: each pair by its own price (<c>eu-asia</c>, in either order), else by the default; within a region nothing leaves a site, unless it has a
    /// price of its own (<c>eu-eu</c>). Null where a price is missing; the name is that of the price.
    /// </summary>
    public (double? PerByte, string Name) EgressBetween(string from, string to)
    {
        string? pair = Array.Find([$"{from}-{to}", $"{to}-{from}"], Egress.ContainsKey);
        return Egress.Count == 0 ? (null, "")
            : pair is not null ? (EgressPerByte(pair), $"egress {pair}")
            : from == to ? (0, "") : (EgressPerByte(), "egress");
    }

    /// <summary>What bytes between regions cost by <see cref="EgressBetween"/>. Null where a price is missing.</summary>
    public Money? EgressOf(IReadOnlyList<string> regions, Func<int, int, double> bytesPerYear)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(bytesPerYear);
        var parts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int from = 0; from < regions.Count; from++)
        {
            for (int to = 0; to < regions.Count; to++)
            {
                double bytes = bytesPerYear(from, to);
                (double? perByte, string name) = EgressBetween(regions[from], regions[to]);
                if (bytes == 0 || perByte == 0)
                {
                    continue;
                }

                if (perByte is not { } price)
                {
                    return null;
                }

                parts[name] = parts.GetValueOrDefault(name) + (price * bytes);
            }
        }

        return Egress.Count == 0 ? null : parts.Count == 0 ? Money.Of(("egress", 0)) : new Money([.. parts.Select(part => new MoneyPart(part.Key, part.Value))]);
    }

    /// <summary>Dollars per stored byte and year.</summary>
    public double? StoragePerByteYear => Storage?.In("$/B/y");

    /// <summary>Dollars per server and year.</summary>
    public double? ServerPerYear => Server?.In("$/y");

    /// <summary>Dollars per joule.</summary>
    public double? EnergyPerJoule => Energy?.In("$/J");

    /// <summary>Dollars per year for each second of mean delay.</summary>
    public double? LatencyPerSecondYear => Latency?.In("$/s/y");

    /// <summary>Dollars per year for each bit/s of capacity.</summary>
    public double? CapacityPerBpsYear => Capacity?.In("$/bps/y");

    /// <summary>As they were written, for the report: name and text.</summary>
    public IEnumerable<(string Name, string Text)> Written()
    {
        foreach ((string pair, Quantity price) in Egress)
        {
            yield return (pair == "default" ? "egress" : $"egress {pair}", price.ToString());
        }

        (string Name, Quantity? Price)[] others = [("storage", Storage), ("server", Server), ("energy", Energy), ("latency", Latency), ("capacity", Capacity)];
        foreach ((string name, Quantity? price) in others)
        {
            if (price is { } known)
            {
                yield return (name, known.ToString());
            }
        }
    }

    public static Prices Of(Section section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new Prices
        {
            Egress = section.TryGet(EgressKey, out IReadOnlyDictionary<string, Quantity>? egress) ? egress : None.Egress,
            Storage = Find(section, StorageKey),
            Server = Find(section, ServerKey),
            Energy = Find(section, EnergyKey),
            Latency = Find(section, LatencyKey),
            Capacity = Find(section, CapacityKey),
        };
    }

    private static Quantity? Find(Section section, Key<Quantity> key) => section.TryGet(key, out Quantity price) ? price : null;

    private static SortedDictionary<string, Quantity> ReadEgress(Node node, ReadingContext context)
    {
        Dimension dimension = Dimension.OfMoney / Dimension.OfData;
        var prices = new SortedDictionary<string, Quantity>(StringComparer.Ordinal);
        if (node is not MappingNode mapping)
        {
            prices["default"] = Keys.ReadQuantity("egress", node, "0.02 $/GB", dimension, "0 $/GB", null);
            return prices;
        }

        foreach (MappingEntry entry in mapping.Entries)
        {
            prices[entry.Key] = Keys.ReadQuantity(entry.Key, entry.Value, "0.02 $/GB", dimension, "0 $/GB", null);
        }

        return prices;
    }
}
