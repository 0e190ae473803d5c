using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>How large a torture's runs are, as typed, and the rest of what was typed.</summary>
internal sealed record TortureScale(int Members, int Seconds, int Operations, ParseResult Parsed);
