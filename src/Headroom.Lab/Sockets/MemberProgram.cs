using System.Collections.Concurrent;
using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>
/// The program of a process of members: does what its parent asks on standard input, a line of JSON each, and answers on standard output. It ends
/// when standard input does, so it never outlives its parent.
/// </summary>
public static class MemberProgram
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    /// <exception cref="LabException">The parent asked for something unknown.</exception>
    public static void Run(LabOptions options, IReadOnlyList<int> members, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        options.Validate();
        using IMemberHost host = SocketBroadcast.HostOf(options, members, time);
        Serve(host, input, output, cancellation);
    }

    /// <exception cref="LabException">The parent asked for something unknown.</exception>
    public static void Run(DetectionLabOptions options, IReadOnlyList<int> members, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        options.Validate();
        using IMemberHost host = SocketDetection.HostOf(options, members, time);
        Serve(host, input, output, cancellation);
    }

    /// <summary>The same with members that do anything.</summary>
    internal static void Serve(IMemberHost host, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        SocketBroadcast.LetSocketsSpeak();
        using BlockingCollection<string> asks = Asks(input);
        bool isRunning = false;
        while (!asks.IsCompleted)
        {
            if (asks.TryTake(out string? line, isRunning ? 0 : 100, cancellation))
            {
                MemberAsk ask = MemberLines.Read<MemberAsk>(line);
                isRunning |= ask.Do == MemberAsk.Start;
                output.WriteLine(MemberLines.Write(Answer(host, ask)));
                output.Flush();
            }
            else if (isRunning)
            {
                host.Run(Slice, cancellation);
            }
        }
    }

    /// <summary>What the parent asks, read by a thread of its own until there is no parent.</summary>
    internal static BlockingCollection<string> Asks(TextReader input)
    {
        var asks = new BlockingCollection<string>();
        new Thread(() => ReadAll(input, asks)) { IsBackground = true, Name = "asks" }.Start();
        return asks;
    }

    private static MemberAnswer Answer(IMemberHost host, MemberAsk ask)
    {
        switch (ask.Do)
        {
            case MemberAsk.Open:
                return new MemberAnswer { Endpoints = [.. host.Open(IPAddress.Parse(ask.Address!)).Select(MemberAddress.Of)] };
            case MemberAsk.Start:
                host.Start([.. ask.Endpoints!.Select(at => at.Read())]);
                return new MemberAnswer();
            case MemberAsk.Crash:
                host.Crash(ask.Members!);
                return new MemberAnswer();
            case MemberAsk.Ask:
                host.Ask(ask.Requests![0]);
                return new MemberAnswer();
            case MemberAsk.Begin:
                host.Begin(ask.Timestamp, ask.Requests!);
                return new MemberAnswer();
            case MemberAsk.Status:
                return new MemberAnswer { Status = host.Status };
            case MemberAsk.Report:
                return new MemberAnswer { Report = host.Report() };
            default:
                throw new LabException($"a process of members is asked for '{ask.Do}', which it does not know");
        }
    }

    private static void ReadAll(TextReader input, BlockingCollection<string> asks)
    {
        while (input.ReadLine() is { } line)
        {
            asks.Add(line);
        }

        asks.CompleteAdding();
    }
}
