using Headroom.Dissemination.Detection;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Sockets;

/// <summary>Members that watch each other over real sockets; some are killed.</summary>
public sealed record DetectionLabOptions
{
    /// <summary>Delay, loss and bandwidth are applied by our own links in user space.</summary>
    public required DetectionSetting Setting { get; init; }

    public required DetectionStrategy Strategy { get; init; }

    public required Transport Transport { get; init; }

    public required Seed Seed { get; init; }

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Setting);
        ArgumentNullException.ThrowIfNull(Strategy);
        Setting.Validate();
        if (Strategy.Problem(Setting) is { } problem)
        {
            throw new ArgumentException(problem, nameof(Strategy));
        }

        if (Setting.InStep)
        {
            throw new ArgumentException("members over sockets begin when they like, not in step", nameof(Setting));
        }
    }
}
