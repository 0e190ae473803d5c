using Headroom.Audit.Studies.Store;

namespace Headroom.Audit.Studies;

/// <summary>Every kind of activity that the system file may name, one line each.</summary>
public static class StudyRegistry
{
    public static IReadOnlyList<IStudy> All { get; } =
    [
        new Broadcast.BroadcastStudy(),
        new Commit.CommitStudy(),
        new Coordinate.CoordinateStudy(),
        new Membership.MembershipStudy(),
        new Replicate.ReplicateStudy(),
        new Send.SendStudy(),
        new Serve.ServeStudy(),
        new Transfer.TransferStudy(),
        new StoreStudy(),
        new Watch.WatchStudy(),
    ];

    public static IStudy? Find(string kind) => All.FirstOrDefault(study => study.Schema.Kind == kind);
}
