namespace Headroom.Kernel.Quantities;

/// <summary>Exponents of the four base dimensions: data (bit), time (s), money ($), energy (J). All zero: a plain number.</summary>
public readonly record struct Dimension(int Data, int Time, int Money, int Energy)
{
    public static Dimension None => default;
    public static Dimension OfData => new(1, 0, 0, 0);
    public static Dimension OfTime => new(0, 1, 0, 0);
    public static Dimension OfMoney => new(0, 0, 1, 0);
    public static Dimension OfEnergy => new(0, 0, 0, 1);

    public static Dimension operator *(Dimension a, Dimension b) =>
        new(a.Data + b.Data, a.Time + b.Time, a.Money + b.Money, a.Energy + b.Energy);

    public static Dimension operator /(Dimension a, Dimension b) =>
        new(a.Data - b.Data, a.Time - b.Time, a.Money - b.Money, a.Energy - b.Energy);

    public static Dimension Multiply(Dimension left, Dimension right) => left * right;

    public static Dimension Divide(Dimension left, Dimension right) => left / right;

    /// <summary>What a person would call it: "data/time", "money/data/time", "number".</summary>
    public override string ToString()
    {
        if (this == None)
        {
            return "number";
        }

        (string Name, int Power)[] parts = [("money", Money), ("data", Data), ("energy", Energy), ("time", Time)];
        string above = string.Join('*', parts.Where(p => p.Power > 0).Select(p => p.Power == 1 ? p.Name : $"{p.Name}^{p.Power}"));
        string below = string.Concat(parts.Where(p => p.Power < 0).Select(p => p.Power == -1 ? $"/{p.Name}" : $"/{p.Name}^{-p.Power}"));
        return (above.Length == 0 ? "1" : above) + below;
    }
}
