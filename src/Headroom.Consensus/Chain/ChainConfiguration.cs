using System.Collections.Immutable;

namespace Headroom.Consensus.Chain;

/// <summary>The chain from head to tail, and who is being made its next tail (-1 for nobody). Each has a larger epoch than the one before.</summary>
public sealed record ChainConfiguration(long Epoch, ImmutableArray<int> Order, int Joining = -1)
{
    public int Head => Order[0];

    public int Tail => Order[^1];

    public bool Contains(int server) => Order.Contains(server);

    /// <summary>Who passes updates to the server: for the joining one the tail; -1 for nobody.</summary>
    public int Before(int server)
    {
        int at = Order.IndexOf(server);
        return at > 0 ? Order[at - 1] : at < 0 && server == Joining ? Tail : -1;
    }

    /// <summary>To whom the server passes updates: the tail to the joining one; -1 for nobody.</summary>
    public int After(int server)
    {
        int at = Order.IndexOf(server);
        return at < 0 ? -1 : at + 1 < Order.Length ? Order[at + 1] : Joining;
    }
}
