using System.Diagnostics;
using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>A process of members, seen from its parent. It is killed, with all that it started, when it is disposed of.</summary>
internal sealed class MemberProcess : IMemberHost
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Queue<string> _errors = new();

    public MemberProcess(ProcessStartInfo start, string name, TimeProvider time)
    {
        _name = name;
        _time = time;
        _startedAt = time.GetTimestamp();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public LabStatus Status => Ask(new MemberAsk(MemberAsk.Status)).Status!.Value;

    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt);

    public IReadOnlyList<(int Member, IPEndPoint Endpoint)> Open(IPAddress address) =>
        [.. Ask(new MemberAsk(MemberAsk.Open) { Address = address.ToString() }).Endpoints!.Select(at => at.Read())];

    public void Start(IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints) =>
        Ask(new MemberAsk(MemberAsk.Start) { Endpoints = [.. endpoints.Select(MemberAddress.Of)] });

    public void Crash(IReadOnlyList<int> members) => Ask(new MemberAsk(MemberAsk.Crash) { Members = members });

    public void Ask(MemberRequest request) => Ask(new MemberAsk(MemberAsk.Ask) { Requests = [request] });

    public void Begin(long timestamp, IReadOnlyList<MemberRequest> requests) => Ask(new MemberAsk(MemberAsk.Begin) { Timestamp = timestamp, Requests = requests });

    /// <summary>It runs by itself.</summary>
    public void Run(TimeSpan duration, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(duration);
        cancellation.ThrowIfCancellationRequested();
    }

    public MemberReport Report() => Ask(new MemberAsk(MemberAsk.Report)).Report!;

    /// <summary>Ends it at once, without a word (SIGKILL where there are signals).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromMilliseconds(500)))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // It has ended already.
        }

        _process.Dispose();
    }

    private MemberAnswer Ask(MemberAsk ask)
    {
        string? line;
        try
        {
            _process.StandardInput.WriteLine(MemberLines.Write(ask));
            _process.StandardInput.Flush();
            line = _process.StandardOutput.ReadLineAsync().WaitAsync(AnswerMax).GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            line = null;
        }
        catch (TimeoutException error)
        {
            throw new LabException($"{_name} did not answer '{ask.Do}' within {AnswerMax.TotalSeconds:0} s", error);
        }

        return line is null ? throw new LabException(Died(ask)) : MemberLines.Read<MemberAnswer>(line);
    }

    private string Died(MemberAsk ask)
    {
        string code = _process.WaitForExit(TimeSpan.FromSeconds(1)) ? $" with exit code {_process.ExitCode}" : "";
        lock (_errors)
        {
            return $"{_name} died{code} when asked for '{ask.Do}'{(_errors.Count == 0 ? "" : ": " + string.Join(" | ", _errors))}";
        }
    }

    private void Remember(string? line)
    {
        if (line is not { Length: > 0 })
        {
            return;
        }

        lock (_errors)
        {
            _errors.Enqueue(line.Length > 400 ? line[..400] : line);
            if (_errors.Count > 5)
            {
                _errors.Dequeue();
            }
        }
    }
}
