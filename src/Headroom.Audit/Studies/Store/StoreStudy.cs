using Headroom.Audit.Reading;

namespace Headroom.Audit.Studies.Store;

/// <summary>The kind <c>store</c>: which code keeps data at the least cost within the goals, and what no code can do.</summary>
public sealed class StoreStudy : Study<StoreInput>
{
    public override KindSchema Schema => StoreKeys.Schema;

    protected override StoreInput Read(Section activity) => StoreReader.Read(activity);

    protected override StudyResult Run(StoreInput input, StudyContext context) => StoreRun.Run(input, context);
}
