using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Evidence.Histories;

/// <summary>A history as a file tells it, and what it turned out to be.</summary>
public sealed record HistoryFile(History History, HistoryFormat Format, SequentialModel Model);
