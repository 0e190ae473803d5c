using System.Globalization;
using System.Text.RegularExpressions;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Samples;

/// <summary>What samples/README.md says of the recordings is what lies there.</summary>
public sealed partial class SampleFilesTests
{
    private static readonly string Samples = Path.Combine(SharedData.RepositoryRoot(), "samples");

    [Fact]
    public void EveryRecordingIsToldInTheReadme()
    {
        string readme = File.ReadAllText(Path.Combine(Samples, "README.md"));
        string[] untold = [.. Directory.EnumerateFiles(Path.Combine(Samples, "atlas"), "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Path.Combine(Samples, "atlas"), p).Replace('\\', '/'))
            .Where(name => !name.StartsWith("record/", StringComparison.Ordinal) && !readme.Contains($"{name}`", StringComparison.Ordinal))];
        untold.ShouldBeEmpty();
    }

    [Fact]
    public void EveryCommandOfTheReadmeExists()
    {
        string readme = File.ReadAllText(Path.Combine(Samples, "README.md"));
        string[] commands = [.. CommandPath().Matches(readme).Select(m => m.Value).Distinct()];
        commands.Length.ShouldBe(4);
        commands.ShouldAllBe(c => File.Exists(Path.Combine(SharedData.RepositoryRoot(), c)));
    }

    [Fact]
    public void NoRecordingNamesTheMachineItWasMadeOn()
    {
        string[] hosts = [Environment.MachineName + "\"", "/home" + "/", "/ro" + "ot/", "/tmp/", "/Users/", "localhost"];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Samples, "atlas", "logs")))
        {
            string text = File.ReadAllText(path);
            hosts.Where(h => text.Contains(h, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
            Address().Matches(text).Select(m => m.Value).ShouldAllBe(a => a.StartsWith("127.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TheTraceHasTheMomentsThatTheReadmeStates()
    {
        double[] us = [.. File.ReadLines(Path.Combine(Samples, "atlas", "checkout.trace")).Where(l => l[0] != '#').Select(l => double.Parse(l, CultureInfo.InvariantCulture)).Order()];
        double mean = us.Average();
        double variance = us.Average(x => (x - mean) * (x - mean));
        us.Length.ShouldBe(8000);
        mean.ShouldBe(2177, 1);
        (Math.Sqrt(variance) / mean).ShouldBe(1.22, 0.005);
        us[4000].ShouldBe(1444, 1);
        us[7920].ShouldBe(17297, 1);
    }

    [Fact]
    public void TheDemandsFollowTheStatedGravityModel()
    {
        // T P_i P_j / sum over k != l of P_k P_l with the populations that record/backbone.py states: d_ij d_ji = d_ij^2, and d_ij d_kl = d_il d_kj.
        double[,] d = new double[11, 11];
        foreach (string[] part in File.ReadLines(Path.Combine(Samples, "atlas", "nightly.demands")).Skip(2).Select(l => l.Split(' ')))
        {
            d[int.Parse(part[1], CultureInfo.InvariantCulture), int.Parse(part[2], CultureInfo.InvariantCulture)] = double.Parse(part[3], CultureInfo.InvariantCulture);
        }

        d.Cast<double>().Sum().ShouldBe(60e6, 60);
        (d[0, 5] / d[1, 5]).ShouldBe(20140.0 / 9619, 1e-4);
        for (int i = 0; i < 11; i++)
        {
            for (int j = 0; j < i; j++)
            {
                d[i, j].ShouldBe(d[j, i]);
                int k = (i + 1) % 11 == j ? (i + 2) % 11 : (i + 1) % 11;
                int l = Enumerable.Range(0, 11).First(x => x != i && x != j && x != k);
                (d[i, j] * d[k, l] / (d[i, l] * d[k, j])).ShouldBe(1, 1e-3);
            }
        }
    }

    [GeneratedRegex(@"samples/atlas/record/[a-z_]+\.(sh|py)")]
    private static partial Regex CommandPath();

    [GeneratedRegex(@"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b(?!\.| Safari| Mobile)")]
    private static partial Regex Address();
}
