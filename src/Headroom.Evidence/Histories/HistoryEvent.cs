namespace Headroom.Evidence.Histories;

internal enum HistoryEventKind : byte
{
    Invoke,
    Ok,
    Fail,
    Info,
}

/// <summary>A call, or what became of it.</summary>
internal sealed record HistoryEvent(int Line, int Column, long Process, HistoryEventKind Kind, string Function, HistoryTerm? Key, HistoryTerm Value)
{
    public MalformedException Wrong(string problem) => new(Line, Column, problem);
}
