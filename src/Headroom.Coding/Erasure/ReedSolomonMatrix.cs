namespace Headroom.Coding.Erasure;

/// <summary>Which parity matrix a Reed-Solomon code has; shards written with one cannot be read with another.</summary>
public enum ReedSolomonMatrix
{
    /// <summary>ISA-L's <c>gf_gen_cauchy1_matrix</c>: 1/(i xor j). Every size up to 256 shards has the full distance.</summary>
    Cauchy,

    /// <summary>Jerasure's <c>reed_sol_van</c>: an extended Vandermonde matrix times the inverse of its top, scaled so that first row and column are ones.</summary>
    Vandermonde,

    /// <summary>ISA-L's <c>gf_gen_rs_matrix</c>: powers of powers of 2 as they are, below the identity. Some sizes lack the full distance and are refused.</summary>
    IsaVandermonde,
}
