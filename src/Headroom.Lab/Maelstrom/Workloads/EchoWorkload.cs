using System.Text.Json;
using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary><c>echo</c>: every answer holds what was asked.</summary>
internal sealed class EchoWorkload : Workload
{
    private readonly ProblemList _problems = new();
    private long _echoed;

    public override bool HasFinalReads => false;

    public override Operation Next(ref RandomStream random) => new() { Function = "echo", IsFinal = false, Value = random.Below(128) };

    public override void WriteRequest(Operation operation, Utf8JsonWriter json) => json.WriteString("echo", Text(operation));

    public override bool ChangesNothing(Operation operation) => false;

    public override object? Decode(string type, JsonElement body, out string problem)
    {
        problem = body.TryGetProperty("echo", out JsonElement echo) ? "" : "'echo' is missing";
        return problem.Length > 0 ? null : echo.ValueKind == JsonValueKind.String ? echo.GetString()! : echo.GetRawText();
    }

    public override void Completed(Operation operation, object? answer, long index, long nowNs)
    {
        if (operation.Status != OperationStatus.Succeeded)
        {
            _problems.Add($"n{operation.Node} did not echo \"{Text(operation)}\"");
        }
        else if (answer is not string echo || echo != Text(operation))
        {
            _problems.Add($"n{operation.Node} was asked to echo \"{Text(operation)}\" and answered \"{Wire.Excerpt.Of(answer as string ?? "")}\"");
        }
        else
        {
            _echoed++;
        }
    }

    public override WorkloadCheck Check() => new() { IsValid = _problems.Count == 0 && _echoed > 0, Problems = _problems.Or(_echoed == 0, "nothing was echoed") };

    private static string Text(Operation operation) => $"Please echo {operation.Value}";
}
