using System.CommandLine;
using System.Text.Json;
using Headroom.Consensus.Chain.Torture;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture chain</c>: chain replication.</summary>
internal sealed class TortureChainCommand() : StoreTortureCommand<ChainTortureOptions>(
    "chain", "chain replication: swarm-random faults, a checked history; exit code 4 when a check fails", members: 3)
{
    private readonly Option<bool> _inMemory = new("--in-memory") { Description = "servers keep nothing on disk, and fewer crash" };

    protected override IReadOnlyList<Option> Sizes => [.. base.Sizes, _inMemory];

    protected override ChainTortureOptions Read(ParseResult parsed) => base.Read(parsed) with { IsDurable = !parsed.GetValue(_inMemory) };

    protected override Func<ulong, StoreTortureResult> Torture(ChainTortureOptions options)
    {
        var torture = new ChainTorture(options);
        return seed => torture.Run(seed);
    }

    protected override MutantFinding[] Mutants(ChainTortureOptions options, ulong from, int seedsMax, CancellationToken cancellation) => ChainMutantProof.Run(options, from, seedsMax, cancellation);

    protected override void WriteOptions(Utf8JsonWriter writer, ChainTortureOptions options)
    {
        base.WriteOptions(writer, options);
        writer.WriteBoolean("inMemory", !options.IsDurable);
    }
}
