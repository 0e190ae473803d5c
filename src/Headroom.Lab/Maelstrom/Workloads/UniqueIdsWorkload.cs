using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary><c>unique-ids</c>: no two answers hold the same identity, whatever its type. Long ones are compared by their SHA-256.</summary>
internal sealed class UniqueIdsWorkload : Workload
{
    private const int LengthMax = 64;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ProblemList _problems = new();

    public override bool HasFinalReads => false;

    public override Operation Next(ref RandomStream random) => new() { Function = "generate", IsFinal = false };

    public override bool ChangesNothing(Operation operation) => false;

    public override object? Decode(string type, JsonElement body, out string problem)
    {
        problem = body.TryGetProperty("id", out JsonElement id) ? "" : "'id' is missing";
        return problem.Length > 0 ? null : Short(id.GetRawText());
    }

    public override void Completed(Operation operation, object? answer, long index, long nowNs)
    {
        if (answer is string id && !_seen.Add(id))
        {
            _problems.Add($"n{operation.Node} gave out {Wire.Excerpt.Of(id)}, which had been given out before");
        }
    }

    public override WorkloadCheck Check() => new()
    {
        IsValid = _problems.Count == 0 && _seen.Count > 0,
        Problems = _problems.Or(_seen.Count == 0, "no identity was given out"),
    };

    private static string Short(string text) => text.Length <= LengthMax ? text : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
