using System.Diagnostics;
using System.Globalization;

namespace Headroom.Cli.Rendering;

/// <summary>
/// One line on standard error that says what runs and about how long it will take; a line per finished activity when standard error is no
/// terminal. Called from several threads.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (double Share, string Doing)> _activities = new(StringComparer.Ordinal);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private long _lastShown;
    private bool _hasLine;

    public void Update(string activity, double share, string doing)
    {
        lock (_lock)
        {
            bool wasDone = _activities.TryGetValue(activity, out (double Share, string Doing) before) && before.Share >= 1;
            _activities[activity] = (Math.Clamp(share, 0, 1), doing);
            if (!_isTerminal)
            {
                if (share >= 1 && !wasDone)
                {
                    Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s  {activity}: done");
                }

                return;
            }

            if (share < 1 && Stopwatch.GetElapsedTime(_lastShown) < Interval)
            {
                return;
            }

            _lastShown = Stopwatch.GetTimestamp();
            Show();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_hasLine)
            {
                Console.Error.Write("\r\u001b[K");
            }
        }
    }

    private void Show()
    {
        double share = _activities.Values.Average(a => a.Share);
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        string left = share is > 0.05 and < 1 && elapsed > 1 ? $", about {Math.Ceiling(elapsed * (1 - share) / share)} s left" : "";
        string doing = string.Join("; ", _activities.Where(a => a.Value.Share < 1).Select(a => $"{a.Key}: {a.Value.Doing}"));
        string line = $"{(int)(share * 100),3} %{left}  {doing}";
        int width = Math.Max(20, Console.WindowWidth - 1);
        Console.Error.Write("\r\u001b[K" + (line.Length > width ? line[..width] : line));
        _hasLine = true;
    }
}
