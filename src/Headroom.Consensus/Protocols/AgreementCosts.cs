namespace Headroom.Consensus.Protocols;

/// <summary>What one operation costs: messages among members, delays one after the other (the client's way apart), bytes; best, normal and worst case each, as formulas in n (members), b (bytes of a command) and h (bytes of a message's head).</summary>
public sealed record AgreementCosts((string Best, string Normal, string Worst) Messages, (string Best, string Normal, string Worst) Rounds, (string Best, string Normal, string Worst) Bytes);
