using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary><c>lin-tso</c>: to <c>ts</c> it answers 0, 1, 2, …</summary>
internal sealed class TimestampOracle : IService
{
    private long _next;

    public ServiceReply Handle(string client, JsonElement request) =>
        request.TryGetProperty("type", out JsonElement type) && type.ValueEquals("ts")
            ? new ServiceReply("ts_ok", "ts", JsonSerializer.SerializeToElement(_next++))
            : ServiceReply.Error(ErrorCode.NotSupported, "lin-tso answers ts");
}
