using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture</c>: protocols under random faults, one command each.</summary>
internal static class TortureCommand
{
    public static Command Create(CancellationToken cancellation) => new("torture", "protocols under random faults, with everything that must hold checked")
    {
        new TortureRaftCommand().Create(cancellation),
        new TortureInSyncCommand().Create(cancellation),
        new TortureRegistersCommand().Create(cancellation),
        new TorturePaxosCommand().Create(cancellation),
        new TortureChainCommand().Create(cancellation),
        new TortureTrueTimeCommand().Create(cancellation),
        new TortureWatchCommand().Create(cancellation),
    };
}
