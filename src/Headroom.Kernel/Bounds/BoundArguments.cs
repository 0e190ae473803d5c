using System.Collections;
using System.Globalization;

namespace Headroom.Kernel.Bounds;

/// <summary>Named arguments of a bound; written as <c>new BoundArguments { ["n"] = 14, ["k"] = 10 }</c> or with vectors and matrices by <c>Add</c>.</summary>
public sealed class BoundArguments : IEnumerable<KeyValuePair<string, object>>
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    public BoundArguments()
    {
    }

    internal BoundArguments(BoundArguments others)
    {
        foreach ((string name, object value) in others)
        {
            _values[name] = value;
        }
    }

    /// <summary>A number. Reading one that was not given throws: <see cref="Bound.Evaluate"/> has checked before.</summary>
    public double this[string name]
    {
        get => _values.TryGetValue(name, out object? value) && value is double number
            ? number
            : throw new ArgumentException($"no number named '{name}' among the arguments");
        set => _values[name] = value;
    }

    public int Int(string name) => checked((int)this[name]);

    public double[] Vector(string name) => (double[])_values[name];

    /// <summary>Rows of equal length.</summary>
    public double[][] Matrix(string name) => (double[][])_values[name];

    public void Add(string name, double value) => _values[name] = value;

    public void Add(string name, double[] value) => _values[name] = value;

    public void Add(string name, double[][] value) => _values[name] = value;

    public bool Has(string name) => _values.ContainsKey(name);

    internal object? Find(string name) => _values.GetValueOrDefault(name);

    public IEnumerable<string> Names => _values.Keys;

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As typed on a command line: <c>k=10 n=14</c>.</summary>
    public override string ToString() => string.Join(' ', _values.Select(pair => $"{pair.Key}={Text(pair.Value)}"));

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        double[] vector => string.Join(',', vector.Select(v => v.ToString("R", CultureInfo.InvariantCulture))),
        double[][] matrix => string.Join(';', matrix.Select(row => Text(row))),
        _ => "",
    };
}
