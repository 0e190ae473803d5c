using Headroom.Consensus.Groups;
using Headroom.Consensus.Protocols;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;

namespace Headroom.Consensus.Agreements;

/// <summary>A way of agreeing: its members' roles for any host, and what is known of it.</summary>
public abstract record AgreementStrategy
{
    /// <summary>As people write it: <c>isr(2)</c>.</summary>
    public abstract string Name { get; }

    public abstract AgreementProtocol Protocol { get; }

    /// <summary>Members besides servers and clients, reliable by assumption.</summary>
    public virtual int Registrars => 0;

    /// <summary>Whether one server leads: server 0 at first.</summary>
    public virtual bool HasLeader => true;

    /// <summary>Crashed servers of so many with which writes still go on.</summary>
    public abstract int CrashesSurvived(int servers);

    /// <summary>Servers that hold a write when its client is answered, at least; of them so many durably as <see cref="IsDurable"/> says.</summary>
    public abstract int Holders(int servers);

    /// <summary>Whether those who hold an answered write have it on their disks.</summary>
    public virtual bool IsDurable => true;

    /// <summary>Whether servers save their state now and then (<see cref="AgreementSetting.SnapshotEvery"/>) and begin their logs anew with it.</summary>
    public virtual bool CompactsLogs => false;

    /// <summary>What all clients see is as if one server did every operation at one moment between request and answer.</summary>
    public virtual bool IsLinearizable => true;

    /// <summary>Whether all operations get one order, on which anything can be built; registers give none.</summary>
    public virtual bool IsConsensus => true;

    /// <summary>The same, without what waits for more work to send it together: an answer then takes nothing but messages.</summary>
    public virtual AgreementStrategy WithoutWaiting => this;

    /// <summary>Why the strategy cannot run in this setting, or null.</summary>
    public virtual string? Problem(AgreementSetting setting) => null;

    /// <summary>Time until the group takes requests.</summary>
    public abstract long SettlingNs(AgreementSetting setting);

    /// <summary>The roles of one run. Clients warm up from <paramref name="warmUpNs"/> on, so that there is something to read; the load begins at <paramref name="loadNs"/>.</summary>
    public abstract AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs);

    /// <summary>What theory says of a metric without faults; null where it says nothing.</summary>
    public virtual CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting) => null;

    /// <summary>So long after an answer the last server that holds it has it on its disk, where nobody crashes meanwhile.</summary>
    public virtual long WritebackNs => 0;

    /// <summary>Holds what every server would find on its disk against what these clients were answered; null where only their history can tell.</summary>
    public virtual DurableVerdict? Judge(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> durable, IReadOnlyList<IGroupClient> clients) => null;

    public sealed override string ToString() => Name;

    /// <summary>
    /// Turns taken for an operation where one turn at a time is under way for as long as a round trip, and all operations that come meanwhile wait for the next: with x operations a
    /// round trip on average, at random moments, 1/(e^-x + x). A busy time has e^x turns and 1 + x e^x operations.
    /// </summary>
    private protected static double TurnsPerOperation(double ratePerSecond, double roundTripSeconds)
    {
        double each = ratePerSecond * roundTripSeconds;
        return 1 / (Elementary.Exp(-each) + each);
    }

    /// <summary>
    /// Seconds of an operation over links whose latencies are given, alike or not; null where jitter decides, or a value takes more than a hundredth of the shortest latency to send.
    /// At best the disk is spared, for something newer is there already; who meets others, or a period, waits without end.
    /// </summary>
    /// <param name="setting">Places, links and disks.</param>
    /// <param name="seconds">The mean over clients, by how long a disk takes.</param>
    private protected static CostCases? Latency(AgreementSetting setting, Func<Journeys, double, double> seconds)
    {
        var journeys = new Journeys(setting);
        return journeys.ArePlain ? new CostCases(seconds(journeys, 0), seconds(journeys, journeys.DiskSeconds), double.PositiveInfinity) : null;
    }

    /// <summary>Bytes of an operation: at best of the messages that it needs, on average with those that flow anyway; what is sent again has no end.</summary>
    private protected static CostCases Bytes(double needed, double flowing) => new(needed, needed + flowing, double.PositiveInfinity);
}
