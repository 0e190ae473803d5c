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

    protected override IReadOnlyList<Option> Further => [_inMemory];

    protected override IReadOnlyList<KnownMutant<ChainTortureOptions>> Mutants => ChainMutantProof.Known;

    protected override ChainTortureOptions Read(TortureScale scale) => base.Read(scale) with { IsDurable = !scale.Parsed.GetValue(_inMemory) };

    protected override ITorture<StoreTortureResult> Torture(ChainTortureOptions options) => new ChainTorture(options);

    protected override void WriteOptions(Utf8JsonWriter writer, ChainTortureOptions options) => writer.WriteBoolean("inMemory", !options.IsDurable);
}
