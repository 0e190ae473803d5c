namespace Headroom.Benchmarks;

/// <summary>
/// A benchmark first checks that the compared results agree (and throws if not), then measures. Names begin with the subject:
/// <c>coding/rs-10-4-encode</c>.
/// </summary>
public interface IBenchmark
{
    string Name { get; }

    /// <summary>True of one that takes minutes or much memory: it runs only when a filter names it.</summary>
    bool OnlyWhenNamed => false;

    IEnumerable<BenchmarkResult> Run();
}
