using System.Collections.Concurrent;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>The program of a server's process: does what its parent asks on standard input, and ends when that does, so it never outlives its parent. Interruptions are the parent's to heed.</summary>
public static class ServerProgram
{
    private const int LookMs = 100;

    /// <exception cref="LabException">The log or the socket cannot be opened, or the disk failed.</exception>
    public static void Run(GroupLabOptions options, int member, int life, TextReader input, TextWriter output, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        options.Validate();
        SocketBroadcast.LetSocketsSpeak();
        using BlockingCollection<string> asks = MemberProgram.Asks(input);
        GroupServer? server = null;
        try
        {
            while (!asks.IsCompleted)
            {
                if (asks.TryTake(out string? line, LookMs))
                {
                    MemberAsk ask = MemberLines.Read<MemberAsk>(line);
                    server ??= new GroupServer(options, new GroupSeating(options.Members, options.Transport, options.Seed, ask.Timestamp, options.Links), member, life, time);
                    output.WriteLine(MemberLines.Write(Answer(server, ask)));
                    output.Flush();
                }
                else
                {
                    _ = server?.Status;
                }
            }
        }
        finally
        {
            server?.Dispose();
        }
    }

    private static MemberAnswer Answer(GroupServer server, MemberAsk ask)
    {
        switch (ask.Do)
        {
            case MemberAsk.Open:
                return new MemberAnswer { Endpoints = [.. server.Open().Select(MemberAddress.Of)] };
            case MemberAsk.Meet:
                server.Meet([.. ask.Endpoints!.Select(at => at.Read())]);
                return new MemberAnswer();
            case MemberAsk.Start:
                server.Start();
                return new MemberAnswer();
            case MemberAsk.Status:
                return new MemberAnswer { Group = server.Status };
            default:
                throw new LabException($"a server's process is asked for '{ask.Do}', which it does not know");
        }
    }
}
