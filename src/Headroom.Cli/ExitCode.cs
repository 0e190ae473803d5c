namespace Headroom.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int OurFault = 1;
    public const int InputsFault = 2;
    public const int BoundViolated = 3;
    public const int AnswerIsNo = 4;
    public const int Interrupted = 130;
}
