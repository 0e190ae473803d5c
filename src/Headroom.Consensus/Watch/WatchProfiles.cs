namespace Headroom.Consensus.Watch;

/// <summary>Workloads of a cluster of 1,000 nodes; where the rates and sizes come from stands in docs/watch.md.</summary>
public static class WatchProfiles
{
    /// <summary>Services that come and go all the time: 5,000 pod updates a minute, 500 service and 200 configuration changes an hour; every node watches all services.</summary>
    public static WatchOptions Microservices { get; } = Cluster(
        Pods(5000.0 / 60),
        new WatchKind { Name = "services", Objects = 500, Topics = 1, WatchersEach = 1000, RateHz = 500.0 / 3600, Fields = 20, FieldBytes = 48, Changed = 2, RandomBytes = 4 },
        Configuration(200.0 / 3600));

    /// <summary>A batch scheduler: 1,000 pods are changed at once, the others as above, services hardly ever.</summary>
    public static WatchOptions Batch { get; } = Cluster(
        Pods(5000.0 / 60) with { AtOnce = 1000 },
        new WatchKind { Name = "jobs", Objects = 1000, Topics = 10, WatchersEach = 100, RateHz = 2, Fields = 20, FieldBytes = 48, Changed = 1, RandomBytes = 4 });

    /// <summary>Training: four jobs of 250 nodes each; the state of a job is changed often and little, and all its nodes watch it.</summary>
    public static WatchOptions Training { get; } = Cluster(
        Pods(5),
        new WatchKind { Name = "jobs", Objects = 40, Topics = 4, WatchersEach = 250, RateHz = 20, Fields = 30, FieldBytes = 64, Changed = 1, RandomBytes = 4 });

    private static WatchKind Pods(double rateHz) =>
        new() { Name = "pods", Objects = 30_000, Topics = 1000, WatchersEach = 1, RateHz = rateHz, Fields = 40, FieldBytes = 64, Changed = 3, RandomBytes = 8 };

    private static WatchKind Configuration(double rateHz) =>
        new() { Name = "configuration", Objects = 1000, Topics = 50, WatchersEach = 20, RateHz = rateHz, Fields = 30, FieldBytes = 100, Changed = 1, RandomBytes = 16 };

    private static WatchOptions Cluster(params WatchKind[] kinds) => new() { Kinds = kinds, Nodes = 1000, Controllers = 3, DurationNs = 10_000_000_000 };
}
