namespace Headroom.Consensus.Torture;

/// <summary>A fault put into a protocol on purpose.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Words">What it does.</param>
/// <param name="In">Options with which the protocol has it.</param>
public sealed record KnownMutant<TOptions>(string Name, string Words, Func<TOptions, TOptions> In);
