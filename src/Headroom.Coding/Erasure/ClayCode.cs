using Headroom.Coding.Erasure.Clay;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Clay code ([vajha2018]): minimum storage and, for one lost shard, minimum repair bandwidth. Any k of k + m shards decode; the repair of any one shard reads and
/// sends one q-th of each of d helpers, q = d - k + 1, in all d/(d - k + 1) bytes per byte, which is the cut-set bound ([dimakis2010] Theorem 1). For every d from
/// k + 1 to k + m - 1; where q does not divide k + m the code is shortened by virtual nodes of zeros. Each shard has alpha = q^t sub-chunks, t = ceil((k + m)/q).
/// Bit for bit Ceph's <c>clay</c> over Jerasure's <c>reed_sol_van</c>.
///
/// With d below n - 1 the helpers must include the shards of the lost one's column of the grid; where one of these is gone too, or several shards are lost,
/// k whole shards are read.
/// </summary>
public sealed partial class ClayCode : ErasureCode
{
    /// <summary>More sub-chunks than these are refused: the shortest shard has as many bytes.</summary>
    public const int MaxSubshards = 1 << 14;

    /// <summary>Nodes times sub-chunks: decoding holds some bytes of each of these at once.</summary>
    private const long PlacesMax = 1 << 19;

    private const long GeneratorEntriesMax = 1 << 26;

    private readonly ClayLayout _layout;
    private readonly ClayWork _encoder;

    /// <summary>d = n - 1 helpers.</summary>
    public ClayCode(int dataShards, int parityShards)
        : this(dataShards, parityShards, dataShards + parityShards - 1)
    {
    }

    /// <exception cref="ArgumentException">What <see cref="Refusal"/> says.</exception>
    public ClayCode(int dataShards, int parityShards, int helpers)
        : base($"clay({dataShards},{parityShards},{helpers})", Shards(dataShards, parityShards, helpers), dataShards, new ClayLayout(dataShards, parityShards, helpers).Planes)
    {
        RepairHelpers = helpers;
        _layout = new ClayLayout(dataShards, parityShards, helpers);
        _encoder = new ClayWork(() => ClayDecoding.Program(_layout, [.. Enumerable.Range(0, dataShards)], [.. Enumerable.Range(dataShards, parityShards)]));
    }

    /// <summary>d: how many shards a repair hears from.</summary>
    public int RepairHelpers { get; }

    /// <summary>m + 1: any k shards decode.</summary>
    public override int Distance => ParityShards + 1;

    /// <summary>d/(d - k + 1), the same for every shard.</summary>
    public override double MeanRepairReads => (double)RepairHelpers / _layout.Width;

    /// <summary>What is read is sent.</summary>
    public override double MeanRepairSent => MeanRepairReads;

    /// <summary>Why there is no such code, or null.</summary>
    public static string? Refusal(int dataShards, int parityShards, int helpers)
    {
        string name = $"clay({dataShards},{parityShards},{helpers})";
        long shards = (long)dataShards + parityShards;
        if (dataShards < 1 || parityShards < 2)
        {
            return $"{name} needs at least one data shard and two parity shards; with one, every repair reads k shards whatever the code";
        }

        if (helpers <= dataShards || helpers >= shards)
        {
            return $"{name}: {helpers} helpers, but a repair hears from {(shards - 1 == dataShards + 1L ? $"{shards - 1}" : $"{dataShards + 1L} to {shards - 1}")} shards";
        }

        long width = helpers - dataShards + 1;
        long columns = (shards + width - 1) / width;
        return columns * width > ReedSolomonCode.MaxShards
            ? $"{name} of {columns * width} nodes: the field GF(256) has room for {ReedSolomonCode.MaxShards}"
            : Power(width, columns) * columns * width > PlacesMax || Power(width, columns) > MaxSubshards
                ? $"{name} would cut each of {columns * width} shards into {width}^{columns} parts; at most {MaxSubshards} are made, and {PlacesMax} in all"
                : null;
    }

    /// <summary>As far as it is below the most that is taken.</summary>
    private static long Power(long width, long columns) => Enumerable.Range(0, (int)columns).Aggregate(1L, (parts, _) => Math.Min(parts * width, MaxSubshards + 1L));

    /// <summary>By encoding the identity. For the largest codes it would not fit; their columns can be had one by one.</summary>
    private protected override Matrix256 BuildGenerator()
    {
        int columns = DataSubshards;
        if ((long)TotalShards * Subshards * columns > GeneratorEntriesMax)
        {
            throw new InvalidOperationException($"the generator of {Name} has {TotalShards * Subshards} x {columns} entries");
        }

        Memory<byte>[] shards = [.. Enumerable.Range(0, TotalShards).Select(_ => (Memory<byte>)new byte[Subshards * columns])];
        for (int j = 0; j < columns; j++)
        {
            shards[j / Subshards].Span[(j % Subshards * columns) + j] = 1;
        }

        FillParities(shards);
        return new Matrix256(TotalShards * Subshards, columns, (i, j) => shards[i / Subshards].Span[(i % Subshards * columns) + j]);
    }

    private protected override byte[] GeneratorColumn(int column)
    {
        byte[] unit = new byte[TotalShards * Subshards];
        unit[column] = 1;
        FillParities([.. Enumerable.Range(0, TotalShards).Select(shard => unit.AsMemory(shard * Subshards, Subshards))]);
        return unit;
    }

    private protected override void FillParities(IReadOnlyList<Memory<byte>> shards)
    {
        ReadOnlySpan<Memory<byte>> whole = ListSpan.Of(shards);
        var received = new HeldSubshards[DataShards];
        for (int i = 0; i < received.Length; i++)
        {
            received[i] = new HeldSubshards(whole[i], null, Subshards);
        }

        _encoder.Rebuild(received, whole[DataShards..], whole[0].Length / Subshards);
    }

    private protected override RepairOutcome Plan(int[] lost, int[] available)
    {
        if (lost.Length == 1 && Helpers(lost[0], available) is { } helpers)
        {
            int[] planes = _layout.DotPlanes(_layout.NodeOf(lost[0]));
            return new RepairPlan(this, lost, [.. helpers.Select(shard => new HelpingShard(shard, planes, planes.Length, true, Subshards))],
                new ClayWork(() => ClayRepair.Program(_layout, helpers, lost[0])));
        }

        if (lost.Length == 0)
        {
            return new RepairPlan(this, lost, [], new LinearRepairWork([], Matrix256.Identity(0)));
        }

        if (available.Length < DataShards)
        {
            return new Unrecoverable(this, lost, available, lost[..Math.Min(lost.Length, DataShards - available.Length)]);
        }

        if (lost.Length > 1 && PlanSeveral(lost, available) is { } several)
        {
            return several;
        }

        int[] sources = available[..DataShards];
        int[] all = [.. Enumerable.Range(0, Subshards)];
        return new RepairPlan(this, lost, [.. sources.Select(shard => new HelpingShard(shard, all, Subshards, true, Subshards))],
            new ClayWork(() => ClayDecoding.Program(_layout, sources, lost)));
    }

    /// <summary>The shards of the lost one's column and the first of the others, d in all; null where these are not there.</summary>
    private int[]? Helpers(int lost, int[] available)
    {
        int column = _layout.NodeOf(lost) / _layout.Width;
        int[] needed = [.. Enumerable.Range(0, TotalShards).Where(shard => shard != lost && _layout.NodeOf(shard) / _layout.Width == column)];
        return available.Length < RepairHelpers || needed.Except(available).Any() ? null
            : [.. needed.Concat(available.Except(needed)).Take(RepairHelpers).Order()];
    }

    private static int Shards(int k, int m, int d) => Refusal(k, m, d) is { } why ? throw new ArgumentException(why) : k + m;
}
