namespace Headroom.Kernel.Bounds;

/// <summary>What a bound says for given arguments: a finite number, nothing finite, or that the theorem does not speak here. Never NaN.</summary>
public abstract record BoundValue
{
    private BoundValue()
    {
    }

    public static BoundValue Unlimited { get; } = new Unbounded();

    public static BoundValue Of(double value) => new Finite(value);

    public static BoundValue Outside(string reason) => new OutsideRegime(reason);

    /// <summary>The number if there is one.</summary>
    public double? Number => this is Finite finite ? finite.Value : null;

    public sealed record Finite : BoundValue
    {
        public Finite(double value)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "a finite bound is a finite number");
            }

            Value = value;
        }

        public double Value { get; }
    }

    /// <summary>A ceiling at plus infinity, or a floor that nothing meets (an unstable queue's delay).</summary>
    public sealed record Unbounded : BoundValue;

    public sealed record OutsideRegime(string Reason) : BoundValue;
}
