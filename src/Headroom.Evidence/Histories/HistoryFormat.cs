namespace Headroom.Evidence.Histories;

/// <summary>How a history is written down; docs/check-history.md describes each.</summary>
public enum HistoryFormat : byte
{
    /// <summary>As the file's beginning says.</summary>
    Auto,

    /// <summary>The lines that Jepsen logs: <c>INFO  jepsen.util - 0 :invoke :read nil</c>.</summary>
    Jepsen,

    /// <summary>EDN maps that name a key, and a store in which a key that is not there holds the empty text.</summary>
    Kv,

    /// <summary>Jepsen's <c>history.edn</c>.</summary>
    Edn,

    /// <summary>Our own: JSON objects, one an event.</summary>
    Json,
}
