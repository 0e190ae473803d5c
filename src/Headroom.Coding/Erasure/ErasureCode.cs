using System.Diagnostics;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// A systematic linear code over GF(2^8): n shards of equal length, each cut into alpha equal sub-chunks (<see cref="Subshards"/>; 1 for scalar codes). B of the
/// n alpha sub-chunks hold the data (<see cref="Data"/>: k alpha of them at minimum storage, fewer where storage buys repair traffic), the others are linear
/// combinations of these, byte by byte. One contract for all codes: encode, decode, and repair as a plan (what each helper reads and sends) that is then run.
/// What cannot be done is a value, <see cref="Unrecoverable"/>, that names what would suffice.
/// </summary>
public abstract partial class ErasureCode
{
    /// <summary>Every single loss of most codes, or the sets of a large outage; a plan of a wide code takes a few hundred kilobytes.</summary>
    private const int PlansKept = 64;

    /// <summary>Of codes with very many sub-chunks fewer are kept: a plan takes some tens of bytes for each.</summary>
    private const int SubshardsKept = 1 << 22;
    private const int PlansKeptMin = 4;

    private readonly PlanCache _plans;
    private readonly int[] _all;
    private readonly Lazy<Matrix256> _generator;
    private readonly Lazy<byte[][]> _checks;
    private readonly Lazy<EncodingMap> _encoding;
    private readonly Lazy<Dictionary<Subshard, int>> _columns;
    private readonly Lazy<(double Reads, double Sent)> _meanRepair;

    /// <param name="name">As written in a system file.</param>
    /// <param name="totalShards">n.</param>
    /// <param name="dataShards">k.</param>
    /// <param name="subshards">alpha.</param>
    /// <param name="data">The places of the data in the order of the content; by default the first k shards whole.</param>
    private protected ErasureCode(string name, int totalShards, int dataShards, int subshards = 1, IReadOnlyList<Subshard>? data = null)
    {
        Debug.Assert(totalShards >= dataShards && dataShards > 0 && subshards > 0, "a code has data, and its parities besides");
        (Name, TotalShards, DataShards, Subshards) = (name, totalShards, dataShards, subshards);
        _plans = new(Math.Clamp(SubshardsKept / (totalShards * subshards), PlansKeptMin, PlansKept));
        Data = data ?? [.. Enumerable.Range(0, dataShards * subshards).Select(i => new Subshard(i / subshards, i % subshards))];
        _all = [.. Enumerable.Range(0, totalShards)];
        _generator = new(BuildGenerator);
        _checks = new(BuildChecks);
        _encoding = new(() => new EncodingMap(this));
        _columns = new(() => Data.Index().ToDictionary(place => place.Item, place => place.Index));
        _meanRepair = new(AverageOverSingleLosses);
    }

    /// <summary>As written in a system file: <c>rs(10,4)</c>.</summary>
    public string Name { get; }

    /// <summary>As a manifest of shards says it: the name, but where that once stood for other coefficients (<see cref="StorageCodes.TryParseManifest"/>).</summary>
    public virtual string ManifestName => Name;

    /// <summary>k: with fewer shards than these the data are not had back.</summary>
    public int DataShards { get; }

    /// <summary>n.</summary>
    public int TotalShards { get; }

    /// <summary>n - k.</summary>
    public int ParityShards => TotalShards - DataShards;

    /// <summary>alpha: the equal parts into which every shard is cut; the length of a shard is a multiple of it.</summary>
    public int Subshards { get; }

    /// <summary>B: the sub-chunks of data in a stripe.</summary>
    public int DataSubshards => Data.Count;

    /// <summary>Where the data stand, in the order of the content: B distinct sub-chunks, by ascending shard and index.</summary>
    public IReadOnlyList<Subshard> Data { get; }

    /// <summary>n alpha rows (row shard alpha + index), B columns; the row of the i-th place of <see cref="Data"/> is the i-th unit row.</summary>
    public Matrix256 Generator => _generator.Value;

    /// <summary>The least number of shards whose loss can be fatal.</summary>
    public abstract int Distance { get; }

    /// <summary>The number of losses that are survived wherever they fall.</summary>
    public int FailuresSurvived => Distance - 1;

    /// <summary>Whether any k of the n shards have everything: the distance is n - k + 1.</summary>
    public bool AnyDataShardsDecode => Distance == ParityShards + 1;

    /// <summary>n alpha/B: stored bytes per byte.</summary>
    public double Overhead => (double)TotalShards * Subshards / DataSubshards;

    /// <summary>Bytes read from disks per byte rebuilt, after the loss of one shard, averaged over which one it is; 0 without parity.</summary>
    public virtual double MeanRepairReads => _meanRepair.Value.Reads;

    /// <summary>Bytes sent over the network per byte rebuilt, after the loss of one shard, averaged over which one it is; 0 without parity.</summary>
    public virtual double MeanRepairSent => _meanRepair.Value.Sent;

    /// <summary>Fills every sub-chunk that is not data from those that are. O(B (n alpha - B)/alpha) multiply-adds a byte of a shard, less where the code has structure.</summary>
    /// <exception cref="ArgumentException">Not n shards, of unequal length, or a length that is no multiple of alpha.</exception>
    public void Encode(IReadOnlyList<Memory<byte>> shards)
    {
        CheckShards(shards);
        FillParities(shards);
    }

    /// <summary>What to read to have every shard of data that is not among the available.</summary>
    public RepairOutcome PlanDecode(IReadOnlyCollection<int> available)
    {
        ArgumentNullException.ThrowIfNull(available);
        return PlanRepair([.. Data.Select(place => place.Shard).Distinct().Where(shard => !available.Contains(shard))], available);
    }

    /// <summary>
    /// What to read, of the available shards, to rebuild the lost: a <see cref="RepairPlan"/>, or <see cref="Unrecoverable"/>. Shards in neither
    /// set are not read and not rebuilt. The last plans are kept: asking again for the same sets costs a look-up.
    /// </summary>
    /// <exception cref="ArgumentException">A shard number outside the code, twice, or in both sets.</exception>
    public RepairOutcome PlanRepair(IReadOnlyCollection<int> lost, IReadOnlyCollection<int> available)
    {
        ArgumentNullException.ThrowIfNull(lost);
        ArgumentNullException.ThrowIfNull(available);
        CheckNumbers(lost, available);
        return _plans.Get(TotalShards, [.. lost.Order()], [.. available.Order()], Plan);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The whole generator; asked for once, and only by what needs it.</summary>
    private protected abstract Matrix256 BuildGenerator();

    /// <summary>One column of it: what one sub-chunk of data goes into.</summary>
    private protected virtual byte[] GeneratorColumn(int column)
    {
        byte[] coefficients = new byte[Generator.Rows];
        for (int row = 0; row < coefficients.Length; row++)
        {
            coefficients[row] = Generator[row, column];
        }

        return coefficients;
    }

    private protected virtual void FillParities(IReadOnlyList<Memory<byte>> shards) => _encoding.Value.Apply(shards);

    /// <summary>The plan for sets that were checked, both ascending.</summary>
    private protected virtual RepairOutcome Plan(int[] lost, int[] available) => LinearPlanner.Plan(this, lost, available);

    private (double Reads, double Sent) AverageOverSingleLosses()
    {
        if (FailuresSurvived == 0)
        {
            return (0, 0);
        }

        int[] all = [.. Enumerable.Range(0, TotalShards)];
        RepairPlan[] plans = [.. all.Select(lost => (RepairPlan)PlanRepair([lost], [.. all.Where(shard => shard != lost)]))];
        return (plans.Average(plan => plan.ReadsPerLostByte), plans.Average(plan => plan.SentPerLostByte));
    }
}
