namespace Headroom.Kernel.Findings;

/// <summary>Where a number comes from, the strongest first: a derived value takes the weakest of its inputs.</summary>
public enum ProvenanceKind
{
    Theorem,

    /// <summary>An exact result on given data.</summary>
    Computed,

    /// <summary>A closed form or approximation, named.</summary>
    Model,

    /// <summary>Seed and runs are stated.</summary>
    Simulated,

    /// <summary>Measured on a machine.</summary>
    Executed,

    /// <summary>Read from evidence.</summary>
    Observed,

    /// <summary>The user's own figure.</summary>
    Stated,

    /// <summary>Somebody's.</summary>
    Claimed,
}

/// <summary>Where a number comes from: its kind, and the particulars (model's name, seed and runs, file, inputs) in words.</summary>
public sealed record Provenance(ProvenanceKind Kind, string Detail)
{
    public static Provenance Theorem(string citation) => new(ProvenanceKind.Theorem, citation);

    public static Provenance Computed(string what) => new(ProvenanceKind.Computed, what);

    public static Provenance Model(string name) => new(ProvenanceKind.Model, name);

    public static Provenance Simulated(string what, ulong seed, long runs) =>
        new(ProvenanceKind.Simulated, $"{what}; seed {seed}, {runs} run{(runs == 1 ? "" : "s")}");

    public static Provenance Executed(string what) => new(ProvenanceKind.Executed, what);

    public static Provenance Observed(string file) => new(ProvenanceKind.Observed, file);

    public static Provenance Stated(string where) => new(ProvenanceKind.Stated, where);

    public static Provenance Claimed(string by) => new(ProvenanceKind.Claimed, by);

    /// <summary>The provenance of a value derived from others.</summary>
    public static Provenance Derived(string how, params ReadOnlySpan<Provenance> inputs)
    {
        ProvenanceKind weakest = ProvenanceKind.Theorem;
        var names = new List<string>();
        foreach (Provenance input in inputs)
        {
            weakest = input.Kind > weakest ? input.Kind : weakest;
            if (!names.Contains(input.Detail))
            {
                names.Add(input.Detail);
            }
        }

        return new Provenance(weakest, $"{how} from {string.Join(" and ", names)}");
    }

    /// <summary>True where a rerun with the same seed gives the same bytes on any machine.</summary>
    public bool IsReproducible => Kind is not (ProvenanceKind.Executed or ProvenanceKind.Observed);
}
