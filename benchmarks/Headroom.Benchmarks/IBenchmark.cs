namespace Headroom.Benchmarks;

/// <summary>
/// A benchmark first checks that the compared results agree (and throws if not), then measures. Names begin with the subject:
/// <c>coding/rs-10-4-encode</c>.
/// </summary>
public interface IBenchmark
{
    string Name { get; }

    IEnumerable<BenchmarkResult> Run();
}
