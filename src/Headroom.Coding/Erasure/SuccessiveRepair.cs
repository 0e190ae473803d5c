namespace Headroom.Coding.Erasure;

/// <summary>Several lost shards one after another, each by a repair of its own, which may hear from those rebuilt before it. What helpers are asked for is read and sent once for all.</summary>
internal sealed class SuccessiveRepair : RepairWork
{
    private readonly int[] _lost;
    private readonly (int Lost, IReadOnlyList<HelpingShard> Helpers, RepairWork Work)[] _stages;
    private readonly Dictionary<int, (int Helper, Dictionary<int, int> Places)> _sources = [];

    /// <param name="lost">All lost shards, in the order in which the plan names them.</param>
    /// <param name="stages">In the order in which they are rebuilt; every helper forwards what it read.</param>
    /// <param name="subshards">Of a shard.</param>
    public SuccessiveRepair(int[] lost, IReadOnlyList<(int Lost, IReadOnlyList<HelpingShard> Helpers, RepairWork Work)> stages, int subshards)
    {
        (_lost, _stages) = (lost, [.. stages]);
        Helpers = [.. stages.SelectMany(stage => stage.Helpers).Where(helper => !lost.Contains(helper.Shard)).GroupBy(helper => helper.Shard).OrderBy(group => group.Key)
            .Select(group => group.SelectMany(helper => helper.Reads).Distinct().Order().ToArray() is var reads ? new HelpingShard(group.Key, reads, reads.Length, true, subshards) : null!)];
        for (int i = 0; i < Helpers.Count; i++)
        {
            _sources.Add(Helpers[i].Shard, (i, Helpers[i].Reads.Index().ToDictionary(read => read.Item, read => read.Index)));
        }
    }

    /// <summary>Each shard that is read, with all that is read of it.</summary>
    public IReadOnlyList<HelpingShard> Helpers { get; }

    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) => throw new InvalidOperationException("its helpers forward what they read");

    public override void Rebuild(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part)
    {
        foreach ((int lost, IReadOnlyList<HelpingShard> helpers, RepairWork work) in _stages)
        {
            var held = new HeldSubshards[helpers.Count];
            for (int i = 0; i < held.Length; i++)
            {
                HelpingShard helper = helpers[i];
                int before = Array.IndexOf(_lost, helper.Shard);
                if (before >= 0)
                {
                    held[i] = new HeldSubshards(rebuilt[before], helper.Reads, helper.Reads.Count);
                    continue;
                }

                (int at, Dictionary<int, int> places) = _sources[helper.Shard];
                HeldSubshards source = received[at];
                held[i] = new HeldSubshards(source.Bytes, [.. helper.Reads.Select(index => source.IndexOf(places[index]))], helper.Reads.Count);
            }

            work.Rebuild(held, rebuilt.Slice(Array.IndexOf(_lost, lost), 1), part);
        }
    }
}
