namespace Headroom.Queueing.Service;

/// <summary>Families fitted to a mean and a coefficient of variation. The numbers are those of the bounds' parameter <c>family</c>.</summary>
public enum ServiceFamily
{
    /// <summary>Deterministic at cv 0, gamma below 1, exponential at 1, hyperexponential with balanced means above.</summary>
    ByCv = 0,

    /// <summary>Gamma with shape 1/cv^2 (an Erlang where that is whole), any cv above 0.</summary>
    Gamma = 1,

    /// <summary>Two exponential phases with balanced means, cv at least 1.</summary>
    Hyperexponential = 2,

    /// <summary>Lognormal, any cv above 0.</summary>
    Lognormal = 3,
}
