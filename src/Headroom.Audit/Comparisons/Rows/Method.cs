namespace Headroom.Audit.Comparisons.Rows;

/// <summary>How a row came about.</summary>
public enum Method
{
    Simulated,

    /// <summary>Exact arithmetic in place of runs.</summary>
    ClosedForm,

    /// <summary>Too large to run, and no closed form is exact.</summary>
    NotRun,
}
