using Headroom.Audit.Reading;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Store;

/// <summary>Reads the section, and refuses what no code on these nodes could be asked for.</summary>
internal static class StoreReader
{
    public const int SampleBytesMax = 1 << 20;

    private static readonly Unit Bytes = Unit.Byte;
    private static readonly Unit BytesPerSecond = Unit.Parse("B/s");

    public static StoreInput Read(Section activity)
    {
        Section nodes = activity.Get(StoreKeys.Nodes);
        int count = (int)nodes.Get(StoreKeys.Count);
        ErasureCode now = Code(activity, StoreKeys.Now, activity.Get(StoreKeys.Now), count);
        int width = activity.TryGet(StoreKeys.Width, out long widest) ? Width(activity, (int)widest, count) : count;
        (int survive, bool implied, double? lossMax, double? readsMax) = Goals(activity, now, count, width);
        if (activity.IsGiven(StoreKeys.ShardSize) && activity.IsGiven(StoreKeys.ObjectSize))
        {
            throw activity.Fail(StoreKeys.ObjectSize, "'object' and 'shard' exclude each other: an object that is a stripe of its own decides the size of its shards");
        }

        (byte[] sample, string origin) = Sample(activity);
        return new StoreInput
        {
            System = new StorageSystem
            {
                Nodes = count,
                NodeMttfSeconds = nodes.Get(StoreKeys.Mttf).In(Unit.Second),
                BandwidthBytesPerSecond = nodes.Get(StoreKeys.Bandwidth).In(BytesPerSecond),
                DetectSeconds = nodes.Get(StoreKeys.Detect).In(Unit.Second),
                DataBytes = activity.Get(StoreKeys.Data).In(Bytes),
                ShardBytes = activity.TryGet(StoreKeys.ShardSize, out Quantity shard) ? shard.In(Bytes) : 64e6,
                Placement = activity.Get(StoreKeys.Placement) == "groups" ? Placement.Groups : Placement.Spread,
                Domains = StoreSettings.Domains(activity, count),
                Copysets = StoreSettings.Copysets(activity),
            },
            ObjectBytes = activity.TryGet(StoreKeys.ObjectSize, out Quantity size) ? size.In(Bytes) : null,
            WriteBytes = activity.Get(StoreKeys.Write).In(Bytes),
            Survive = survive,
            GoalIsImplied = implied,
            YearlyLossMax = lossMax,
            RepairReadsMax = readsMax,
            Width = width,
            WidthIsGiven = activity.IsGiven(StoreKeys.Width),
            Now = now,
            Asked = activity.TryGet(StoreKeys.Candidates, out IReadOnlyList<StrategyCall>? asked) ? [.. asked.Select(call => Code(activity, StoreKeys.Candidates, call, count))] : [],
            StatedRepairSeconds = Repairs(activity, count),
            Reading = StoreSettings.Reading(activity),
            Sizes = StoreSettings.Sizes(activity),
            Tiers = StoreSettings.Tiers(activity),
            Sample = sample,
            SampleOrigin = origin,
        };
    }

    private static ErasureCode Code(Section section, Key key, StrategyCall call, int nodes)
    {
        // No helpers named: all others help.
        int[] arguments = [.. call.Arguments.Select(argument => (int)argument)];
        arguments = call.Name is "clay" or "mbr" && arguments[^1] == 0 ? arguments[..^1] : arguments;
        string[] variants = [.. call.Words.Where((word, i) => word != call.Form.Words[i].Default)];
        if (variants.Length > 1)
        {
            throw section.Fail(key, $"'{call}': the wide field has one matrix; leave out {variants[0]}");
        }

        if (!StorageCodes.TryCreate(call.Name, arguments, out ErasureCode? code, out string? problem, variants.FirstOrDefault("")))
        {
            throw section.Fail(key, $"'{call}': {problem}");
        }

        return code.TotalShards <= nodes ? code
            : throw section.Fail(key, $"'{call}' spreads a stripe over {code.TotalShards} nodes; there are {nodes}");
    }

    private static int Width(Section activity, int width, int nodes) => width <= nodes ? width
        : throw activity.Fail(StoreKeys.Width, $"a stripe cannot span {width} of {nodes} nodes");

    private static (int Survive, bool Implied, double? Loss, double? Reads) Goals(Section activity, ErasureCode now, int nodes, int width)
    {
        if (!activity.TryGet(StoreKeys.Goal, out Section? goal))
        {
            return (now.FailuresSurvived, true, null, null);
        }

        bool asks = goal.TryGet(StoreKeys.Survive, out long survive);
        if (survive >= nodes)
        {
            throw goal.Fail(StoreKeys.Survive, $"no code survives {survive} failures of {nodes} node{(nodes == 1 ? "" : "s")}; at most {nodes - 1} can be survived");
        }

        int widest = Math.Min(width, ReedSolomonCode.MaxShards);
        if (survive >= widest)
        {
            throw goal.Fail(StoreKeys.Survive, $"no stripe of at most {widest} shards survives {survive} failures; at most {widest - 1} can be survived");
        }

        double? loss = goal.TryGet(StoreKeys.YearlyLoss, out double share) ? share : null;
        double? reads = goal.TryGet(StoreKeys.RepairReads, out double most) ? most : null;
        return asks || loss is not null ? ((int)survive, false, loss, reads) : (now.FailuresSurvived, true, loss, reads);
    }

    private static SortedDictionary<string, double> Repairs(Section activity, int nodes)
    {
        var stated = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (activity.TryGet(StoreKeys.Repairs, out IReadOnlyList<Section>? repairs))
        {
            foreach (Section repair in repairs)
            {
                ErasureCode code = Code(repair, StoreKeys.RepairedCode, repair.Get(StoreKeys.RepairedCode), nodes);
                if (!stated.TryAdd(code.Name, repair.Get(StoreKeys.RepairTime).In(Unit.Second)))
                {
                    throw repair.Fail(StoreKeys.RepairedCode, $"the repair time of {code.Name} is stated twice");
                }
            }
        }

        return stated;
    }

    /// <summary>The first megabyte of the named files in order, or as many random bytes.</summary>
    private static (byte[] Bytes, string Origin) Sample(Section activity)
    {
        if (!activity.TryGet(StoreKeys.Sample, out IReadOnlyList<string>? files))
        {
            RandomStream random = new Seed(1).Named("store sample").Stream();
            byte[] bytes = new byte[1 << 16];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.Below(256);
            }

            return (bytes, "64 KiB of random bytes");
        }

        using var sample = new MemoryStream();
        foreach (string file in files)
        {
            try
            {
                using FileStream stream = File.OpenRead(file);
                byte[] part = new byte[(int)Math.Min(stream.Length, SampleBytesMax - sample.Length)];
                stream.ReadExactly(part);
                sample.Write(part);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw activity.Fail(StoreKeys.Sample, $"'{Path.GetFileName(file)}' cannot be read: {e.Message}");
            }
        }

        return sample.Length > 0 ? (sample.ToArray(), $"{sample.Length} bytes of the sample")
            : throw activity.Fail(StoreKeys.Sample, "the sample is empty; at least one byte is needed");
    }
}
