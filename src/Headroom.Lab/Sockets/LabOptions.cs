using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Sockets;

/// <summary>A broadcast to be made over real sockets, or several at once.</summary>
public sealed record LabOptions
{
    /// <summary>Delay, loss and bandwidth are applied by our own links in user space.</summary>
    public required BroadcastSetting Setting { get; init; }

    public required BroadcastStrategy Strategy { get; init; }

    public required Transport Transport { get; init; }

    public required Seed Seed { get; init; }

    /// <summary>Broadcasts that the origin makes at once; members remember as many.</summary>
    public int Broadcasts { get; init; } = 1;

    /// <summary>A run is cut off here, and says so.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A run without anything scheduled ends after so long without a sign of life, whatever the kernel may have dropped.</summary>
    public TimeSpan QuietFor { get; init; } = TimeSpan.FromSeconds(1);

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Setting);
        ArgumentNullException.ThrowIfNull(Strategy);
        Setting.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Broadcasts, 1, nameof(Broadcasts));
        ArgumentOutOfRangeException.ThrowIfLessThan(Setting.Remembered, Broadcasts, nameof(Setting.Remembered));
        if (Setting.InRounds)
        {
            throw new ArgumentException("sockets know no synchronous rounds", nameof(Setting));
        }

        if (Setting.Faults.Faults.Count > 0)
        {
            throw new ArgumentException("written faults strike in the simulator only", nameof(Setting));
        }

        if (Transport == Transport.Udp && Setting.PayloadBytes + 1000 > UdpTransport.DatagramBytesMax)
        {
            throw new ArgumentException($"a payload of {Setting.PayloadBytes} bytes does not fit a datagram ({UdpTransport.DatagramBytesMax} with its head); use TCP", nameof(Setting));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TimeMax, TimeSpan.Zero, nameof(TimeMax));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(QuietFor, TimeSpan.Zero, nameof(QuietFor));
    }
}
