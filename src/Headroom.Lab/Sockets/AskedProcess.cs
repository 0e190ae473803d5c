using System.Diagnostics;

namespace Headroom.Lab.Sockets;

/// <summary>A child that is asked a line of JSON at a time and answers each with one. It is killed, with all that it started, when it is disposed of.</summary>
internal sealed class AskedProcess : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _name;
    private readonly Queue<string> _errors = new();

    public AskedProcess(ProcessStartInfo start, string name)
    {
        _name = name;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

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

    /// <exception cref="LabException">It died, or did not answer in time.</exception>
    public MemberAnswer Ask(MemberAsk ask)
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
