namespace Headroom.Information.ContextTrees;

/// <summary>
/// The estimator Pe' = Pkt/2 + [all zeros]/4 + [all ones]/4 after n equal bits: the next one differs with probability
/// (Pkt(n)/(4(n+1))) / (1/4 + Pkt(n)/2), where Pkt(n) = prod over i &lt; n of (i+1/2)/(i+1) is Krichevsky and Trofimov's
/// probability of n equal bits ([krichevsky1981]). Once both bits have occurred the estimator is theirs again.
/// </summary>
internal static class ConstantRuns
{
    private static readonly double[] Change = Tabulate(4096);

    public static double ChangeAfter(int n) => n < Change.Length ? Change[n] : ChangeFrom(n, Asymptotic(n));

    private static double[] Tabulate(int count)
    {
        double[] table = new double[count];
        double kt = 1;
        table[0] = 0.5;
        for (int n = 1; n < count; n++)
        {
            kt *= (n - 0.5) / n;
            table[n] = ChangeFrom(n, kt);
        }

        return table;
    }

    private static double ChangeFrom(int n, double kt) => kt / (4.0 * (n + 1)) / (0.25 + (0.5 * kt));

    /// <summary>C(2n, n)/4^n = (1 - 1/(8n) + 1/(128n^2) + …)/sqrt(pi n), relative error below 1e-12 here.</summary>
    private static double Asymptotic(int n) => (1 - (1.0 / (8.0 * n)) + (1.0 / (128.0 * n * n))) / Math.Sqrt(Math.PI * n);
}
