using System.Text;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Tests.Hosting;

/// <summary>Writes down what happens to each member, and does what the test says.</summary>
internal struct RecorderProcess(int member, List<string>? log, RecorderProcess.Script script) : IProcess
{
    public delegate void Script(int member, in ProcessInput input, ref Turn turn);

    private readonly int _member = member;
    private readonly List<string>? _log = log;
    private readonly Script _script = script;

    public static int TimerCount => 2;

    public readonly void On(in ProcessInput input, ref Turn turn)
    {
        if (_log is not null && input.Kind != InputKind.Start)
        {
            string head = Encoding.ASCII.GetString(input.Head);
            _log.Add($"{turn.Clock.LocalNs} {_member} {input.Kind} {(input.Kind is InputKind.Message or InputKind.LinkUp or InputKind.LinkDown ? input.Peer : input.Number)} {head}".TrimEnd());
        }

        _script(_member, input, ref turn);
    }
}
