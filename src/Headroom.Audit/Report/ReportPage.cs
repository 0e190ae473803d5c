using System.Net;
using System.Text;
using System.Text.Json;
using Headroom.Audit.Systems;

namespace Headroom.Audit.Report;

/// <summary>
/// The report as one self-contained HTML file: the page built from <c>web/</c> with an audit's data in it. Data stand in a block that no
/// browser runs, every <c>&lt;</c> in them escaped, so that no name can end the block.
/// </summary>
public static class ReportPage
{
    /// <summary>How a report of ours is recognised near its top.</summary>
    public const string Marker = "<meta name=\"generator\" content=\"Headroom";

    private const string Resource = "Headroom.Audit.Report.page.html";
    private const string DataPlace = "<script type=\"application/json\" id=\"headroom-report\">null</script>";
    private const string TitlePlace = "<title>Headroom report</title>";

    /// <summary>The whole page for an audit, as UTF-8.</summary>
    public static byte[] Of(AuditResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteDocument(json, result);
        }

        return Fill(result.System, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>The page for a document of this shape that is already JSON; escaped once more, whoever wrote it.</summary>
    public static byte[] Fill(string system, string json)
    {
        string page = Template();
        string data = json.Replace("<", "\\u003C", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
        page = Put(page, Marker + "\">", $"{Marker} {AuditResult.Version}\">");
        page = Put(page, TitlePlace, $"<title>{WebUtility.HtmlEncode(system)} — Headroom</title>");
        page = Put(page, DataPlace, DataPlace.Replace("null", data, StringComparison.Ordinal));
        return Encoding.UTF8.GetBytes(page);
    }

    private static void WriteDocument(Utf8JsonWriter json, AuditResult result)
    {
        json.WriteStartObject();
        AuditJson.WriteBody(json, result);
        json.WriteStartObject("prices");
        foreach ((string name, string text) in result.Prices.Written())
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
        json.WriteStartObject("sources");
        foreach ((string key, string work) in Sources.CitedIn(result.Findings))
        {
            json.WriteString(key, work);
        }

        json.WriteEndObject();
        AuditJson.WriteArray(json, "activities", result.Activities, (w, activity) =>
        {
            w.WriteStartObject();
            w.WriteString("name", activity.Name);
            w.WriteString("kind", activity.Kind);
            w.WriteString("command", CommandFor(result, activity));
            AuditJson.WriteArray(w, "notes", activity.Notes, (v, note) => v.WriteStringValue(note));
            AuditJson.WriteArray(w, "exhibits", activity.Exhibits, ExhibitJson.Write);
            w.WriteEndObject();
        });
        json.WriteEndObject();
    }

    /// <summary>The command that gives this activity alone.</summary>
    private static string CommandFor(AuditResult result, ActivityResult activity) =>
        result.Activities.Count == 1 || result.Command.Contains(" --only ", StringComparison.Ordinal) ? result.Command : $"{result.Command} --only {Slug.Of(activity.Name)}";

    private static string Template()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"the build embedded no {Resource}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Each place is near the top, before the script, and stands there once.</summary>
    private static string Put(string page, string place, string text)
    {
        int at = page.IndexOf(place, StringComparison.Ordinal);
        return at < 0
            ? throw new InvalidOperationException($"the embedded page has no {place}")
            : string.Concat(page.AsSpan(0, at), text, page.AsSpan(at + place.Length));
    }
}
