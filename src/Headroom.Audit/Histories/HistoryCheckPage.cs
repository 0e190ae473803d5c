using System.Net;
using System.Text;

namespace Headroom.Audit.Histories;

/// <summary>Checks as one page of HTML that needs nothing else: of each file the words and the picture.</summary>
public static class HistoryCheckPage
{
    public static byte[] Write(IReadOnlyList<HistoryCheck> checks, string command)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var page = new StringBuilder("""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Histories, checked</title>
            <style>
            body { font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; margin: 2em auto; max-width: 1200px; padding: 0 1em; color: #1b1c20; background: #fcfbf8 }
            h2 { margin: 2em 0 .4em; font-size: 18px } h2 .no { color: #b00020 } h2 .yes { color: #00664b } h2 .open { color: #b54200 }
            pre { white-space: pre-wrap; font: 13px/1.45 ui-monospace, Consolas, monospace; color: #43464d } .picture { overflow-x: auto } code { overflow-wrap: anywhere }
            </style></head><body>
            <h1>Histories, checked for linearizability</h1>

            """);
        foreach (HistoryCheck check in checks)
        {
            string mood = check.Result.Failure is not null ? "no" : check.Verdict == "linearizable" ? "yes" : "open";
            page.Append($"<h2>{WebUtility.HtmlEncode(check.Shown)}: <span class=\"{mood}\">{check.Verdict}</span></h2>\n<pre>");
            page.Append(WebUtility.HtmlEncode(string.Join('\n', HistoryCheckText.Lines(check).Skip(1))));
            page.Append($"</pre>\n<div class=\"picture\">{check.Picture()}</div>\n");
        }

        page.Append($"<p>headroom {AuditResult.Version}; again with: <code>{WebUtility.HtmlEncode(command)}</code></p>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }
}
