using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Ceph's <c>lrc</c> plugin with its default layers for k, m, l: Jerasure's <c>reed_sol_van</c> code of k data and m global parities, cut into (k + m)/l groups of l
/// shards, data and global parities alike, each with a local parity that is the exclusive or of its group. Any one lost shard is rebuilt from l others.
/// Shards in Ceph's order: group by group, in each its data, its global parities, its local parity. Bit for bit Ceph's.
///
/// Ceph repairs layer by layer; here whatever the equations allow is rebuilt, which is no less.
/// </summary>
public sealed class CephLocallyRepairableCode : ErasureCode
{
    /// <summary>So many sets of columns are looked at to know the distance: about a second.</summary>
    private const double CheckedSetsMax = 3e6;

    private readonly Lazy<int> _distance;

    /// <exception cref="ArgumentException">What <see cref="Refusal"/> says.</exception>
    public CephLocallyRepairableCode(int dataShards, int globalParities, int groupSize)
        : base($"lrc({dataShards},{globalParities},{groupSize},ceph)", Shards(dataShards, globalParities, groupSize), dataShards, 1, Places(dataShards, globalParities, groupSize))
    {
        (GlobalParities, GroupSize) = (globalParities, groupSize);
        _distance = new(LeastDependent);
    }

    /// <summary>m.</summary>
    public int GlobalParities { get; }

    /// <summary>l: what the repair of one shard reads at most.</summary>
    public int GroupSize { get; }

    /// <summary>Found by trying every set of losses, smallest first.</summary>
    public override int Distance => _distance.Value;

    /// <summary>Why there is no such code, or null: Ceph's own conditions, the field, and that the distance can be found.</summary>
    public static string? Refusal(int dataShards, int globalParities, int groupSize)
    {
        string name = $"lrc({dataShards},{globalParities},{groupSize},ceph)";
        if (dataShards < 1 || globalParities < 1 || groupSize < 1)
        {
            return $"{name} needs at least one data shard, one global parity and one shard in a group";
        }

        long sum = (long)dataShards + globalParities;
        if (sum % groupSize != 0)
        {
            return $"{name}: k + m = {sum} shards do not make groups of l = {groupSize}";
        }

        long groups = sum / groupSize;
        if (dataShards % groups != 0 || globalParities % groups != 0)
        {
            return $"{name}: {dataShards} data shards and {globalParities} global parities do not spread evenly over (k + m)/l = {groups} groups";
        }

        if (sum + groups > ReedSolomonCode.MaxShards)
        {
            return $"{name} of {sum + groups} shards: the field GF(256) has room for {ReedSolomonCode.MaxShards}";
        }

        return Enumerable.Range(1, globalParities + 2).Sum(size => Subsets.Count((int)(sum + groups), size)) > CheckedSetsMax
            ? $"{name} is too large to find out how many losses it survives"
            : null;
    }

    private protected override Matrix256 BuildGenerator()
    {
        (int k, int m, int l) = (DataShards, GlobalParities, GroupSize);
        Matrix256 parity = ParityMatrices.Vandermonde(k, m);
        int groups = (k + m) / l;
        byte[][] rows = new byte[TotalShards][];
        for (int group = 0; group < groups; group++)
        {
            int first = group * (l + 1);
            byte[] local = new byte[k];
            for (int i = 0; i < l; i++)
            {
                int number = i < k / groups ? (group * k / groups) + i : (group * m / groups) + i - (k / groups);
                byte[] row = i < k / groups ? [.. Enumerable.Range(0, k).Select(j => j == number ? (byte)1 : (byte)0)] : parity.Row(number).ToArray();
                rows[first + i] = row;
                GaloisField256.MultiplyAdd(1, row, local);
            }

            rows[first + l] = local;
        }

        return new Matrix256(TotalShards, k, (i, j) => rows[i][j]);
    }

    /// <summary>First the groups that lost one shard: what lies in the span of a group is then expressed by the group alone.</summary>
    private protected override RepairOutcome Plan(int[] lost, int[] available)
    {
        int[] missing = new int[TotalShards / (GroupSize + 1)];
        foreach (int shard in Enumerable.Range(0, TotalShards).Except(available))
        {
            missing[shard / (GroupSize + 1)]++;
        }

        bool IsLocal(int group) => missing[group] == 1 && lost.Any(shard => shard / (GroupSize + 1) == group);
        return LinearPlanner.Plan(this, lost, [.. available.OrderByDescending(shard => IsLocal(shard / (GroupSize + 1)))]);
    }

    private int LeastDependent() => IndependentSets.FirstDependent(Checks, ParityShards)?.Length ?? ParityShards + 1;

    private static IReadOnlyList<Subshard> Places(int k, int m, int l)
    {
        int groups = (k + m) / l;
        return [.. Enumerable.Range(0, k).Select(i => new Subshard((i / (k / groups) * (l + 1)) + (i % (k / groups)), 0))];
    }

    private static int Shards(int k, int m, int l) => Refusal(k, m, l) is { } why ? throw new ArgumentException(why) : k + m + ((k + m) / l);
}
