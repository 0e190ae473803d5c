using System.Text.Json;

namespace Headroom.Lab.Maelstrom.Services;

/// <summary>A node of ours that programs can ask: from a request's body it makes the answer's, without <c>in_reply_to</c>.</summary>
internal interface IService
{
    ServiceReply Handle(string client, JsonElement request);
}
