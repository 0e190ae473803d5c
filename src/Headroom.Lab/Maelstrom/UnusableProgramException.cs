namespace Headroom.Lab.Maelstrom;

/// <summary>The program cannot be started at all: it does not exist, is no file, may not be executed.</summary>
public sealed class UnusableProgramException(string problem) : Exception(problem);
