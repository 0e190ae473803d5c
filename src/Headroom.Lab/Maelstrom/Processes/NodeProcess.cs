using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Maelstrom.Processes;

/// <summary>
/// One child process: a thread reads its lines, one its errors (the last of them are kept), one writes to it from a queue, so that nobody waits
/// for a child that does not read.
/// </summary>
internal sealed class NodeProcess : IDisposable
{
    public const int LineMax = 16 << 20;
    private const int StackBytes = 256 << 10;
    private const int ErrorLinesKept = 8;
    private const int ErrorLineMax = 1 << 12;

    private readonly Process _process;
    private readonly INodeListener _listener;
    private readonly Queue<WireMessage> _outgoing = new();
    private readonly Queue<string> _errors = new();
    private readonly Thread _errorThread;
    private bool _closed;
    private bool _hasUnflushed;

    private NodeProcess(int node, Process process, INodeListener listener)
    {
        Node = node;
        _process = process;
        _listener = listener;
        _errorThread = Run(ReadErrors, "errors");
        Run(ReadLines, "lines");
        Run(WriteLines, "writer");
        Run(AwaitEnd, "end");
    }

    public int Node { get; }

    /// <exception cref="UnusableProgramException">It cannot be started.</exception>
    public static NodeProcess Start(int node, string program, IReadOnlyList<string> arguments, RunGuard guard, INodeListener listener)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[RunGuard.Variable] = guard.Token;
        try
        {
            return new NodeProcess(node, Process.Start(start)!, listener);
        }
        catch (Win32Exception e)
        {
            throw new UnusableProgramException(e.NativeErrorCode == 8
                ? $"{program} is neither a program nor a script with a first line such as #!/usr/bin/env python3"
                : $"{program} cannot be started: {e.Message}");
        }
    }

    /// <summary>Queues a message; <see cref="Flush"/> lets the writer at it.</summary>
    /// <returns>True for the first since the last flush.</returns>
    public bool Send(WireMessage message)
    {
        lock (_outgoing)
        {
            _outgoing.Enqueue(message);
        }

        bool isFirst = !_hasUnflushed;
        _hasUnflushed = true;
        return isFirst;
    }

    /// <summary>From the thread that sends: many messages cost one waking of the writer.</summary>
    public void Flush()
    {
        _hasUnflushed = false;
        lock (_outgoing)
        {
            Monitor.Pulse(_outgoing);
        }
    }

    /// <summary>What it last printed on standard error.</summary>
    public string LastErrors()
    {
        lock (_errors)
        {
            return string.Join(" | ", _errors);
        }
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        lock (_outgoing)
        {
            _closed = true;
            Monitor.Pulse(_outgoing);
        }

        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private Thread Run(Action work, string name)
    {
        var thread = new Thread(() => work(), StackBytes) { IsBackground = true, Name = $"{Address.NodeName(Node)} {name}" };
        thread.Start();
        return thread;
    }

    private void ReadLines()
    {
        var lines = new LineSplitter(_process.StandardOutput.BaseStream, LineMax);
        while (lines.TryNext(out byte[] line))
        {
            if (!_listener.OnLine(Node, line))
            {
                return;
            }
        }

        if (lines.Overflowed)
        {
            _listener.OnEndlessLine(Node, Excerpt.Of(lines.Head));
        }
    }

    private void ReadErrors()
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        StreamReader errors = _process.StandardError;
        int read;
        while ((read = Read(errors, buffer)) > 0)
        {
            foreach (char c in buffer.AsSpan(0, read))
            {
                if (c == '\n')
                {
                    Keep(line);
                }
                else if (line.Length < ErrorLineMax)
                {
                    line.Append(c);
                }
            }
        }

        Keep(line);
    }

    private static int Read(StreamReader reader, char[] buffer)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Keep(StringBuilder line)
    {
        if (line.Length == 0)
        {
            return;
        }

        lock (_errors)
        {
            _errors.Enqueue(Excerpt.Of(line.ToString()));
            if (_errors.Count > ErrorLinesKept)
            {
                _errors.Dequeue();
            }
        }

        line.Clear();
    }

    private void WriteLines()
    {
        using Stream input = _process.StandardInput.BaseStream;
        using var buffer = new MemoryStream();
        var batch = new List<WireMessage>();
        while (Take(batch))
        {
            buffer.SetLength(0);
            foreach (WireMessage message in batch)
            {
                LineWriter.Write(message, buffer);
                _listener.OnWritten(message);
            }

            batch.Clear();
            try
            {
                input.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
                input.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return; // it has ended or closed its input: the first is noticed elsewhere, the second is its own affair
            }
        }
    }

    private bool Take(List<WireMessage> batch)
    {
        const int bytesMax = 1 << 18;
        lock (_outgoing)
        {
            while (_outgoing.Count == 0 && !_closed)
            {
                Monitor.Wait(_outgoing);
            }

            int bytes = 0;
            while (bytes < bytesMax && _outgoing.TryDequeue(out WireMessage? message))
            {
                batch.Add(message);
                bytes += message.Weight;
            }

            return !_closed;
        }
    }

    private void AwaitEnd()
    {
        int code;
        try
        {
            _process.WaitForExit();
            code = _process.ExitCode;
        }
        catch (InvalidOperationException)
        {
            return;
        }

        // Its last words: a grandchild may hold the pipe open, so not for ever.
        _errorThread.Join(TimeSpan.FromMilliseconds(200));
        _listener.OnEnded(Node, code);
    }
}
