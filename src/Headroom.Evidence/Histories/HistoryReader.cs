using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Evidence.Histories;

/// <summary>Reads what clients called and what they were answered, strictly: what is not understood, or cannot have happened, is an error with its place.</summary>
public static class HistoryReader
{
    /// <param name="text">The whole file.</param>
    /// <param name="format">How it is written; <see cref="HistoryFormat.Auto"/> looks.</param>
    /// <param name="model">What object it is of; null takes the one that has the history's operations.</param>
    /// <exception cref="MalformedException">With line and column.</exception>
    public static HistoryFile Read(string text, HistoryFormat format = HistoryFormat.Auto, SequentialModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        format = format == HistoryFormat.Auto ? Looked(text) : format;
        var events = new List<HistoryEvent>();
        foreach (HistoryEvent what in format == HistoryFormat.Jepsen ? JepsenLogReader.Read(text) : format == HistoryFormat.Json ? JsonHistoryReader.Read(text) : EdnHistoryReader.Read(text))
        {
            if (events.Count >= HistoryAssembly.EventsMax)
            {
                throw what.Wrong($"more than {HistoryAssembly.EventsMax:N0} events");
            }

            events.Add(what);
        }

        if (events.Count == 0)
        {
            throw new MalformedException(0, 0, format switch
            {
                HistoryFormat.Jepsen => $"no operation in the log: a line such as 'INFO  {JepsenLogReader.Mark}0 :invoke :read nil' is expected",
                HistoryFormat.Json => "no operation in the file: an object such as {\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"} is expected",
                _ => "no operation in the file: a map such as {:process 0, :type :invoke, :f :read, :value nil} is expected",
            });
        }

        if (format == HistoryFormat.Edn && events[0].Key is not null)
        {
            format = HistoryFormat.Kv;
        }

        if (format == HistoryFormat.Kv && events.FirstOrDefault(what => what.Key is null) is { } keyless)
        {
            throw keyless.Wrong("the event has no 'key', and in this format each has one");
        }

        model ??= format == HistoryFormat.Kv ? ModelRegistry.KeyValue : HistoryFunctions.Infer(events);
        return new HistoryFile(HistoryAssembly.Build(events, model, absentIsEmpty: format == HistoryFormat.Kv), format, model);
    }

    /// <summary>Jepsen's mark in a line; else JSON names its fields in quotes, EDN with colons.</summary>
    private static HistoryFormat Looked(string text)
    {
        string beginning = text[..Math.Min(text.Length, 100_000)];
        return beginning.Contains(JepsenLogReader.Mark, StringComparison.Ordinal) ? HistoryFormat.Jepsen
            : beginning.Contains("\"process\"", StringComparison.Ordinal) ? HistoryFormat.Json
            : beginning.Contains(":process", StringComparison.Ordinal) ? HistoryFormat.Edn
            : throw new MalformedException(1, 1, $"no history is recognised: neither lines with '{JepsenLogReader.Mark}', nor maps with :process (EDN) or \"process\" (JSON)");
    }
}
