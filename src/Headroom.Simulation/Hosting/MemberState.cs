namespace Headroom.Simulation.Hosting;

/// <summary>What keeps a member from taking an input at once; 0 is a member that does.</summary>
[Flags]
internal enum MemberState : byte
{
    Up = 0,

    /// <summary>Crashed; its memory is gone.</summary>
    Crashed = 1,

    /// <summary>Crashed; its memory is kept.</summary>
    Stopped = 2,

    /// <summary>Not there: left, or not joined yet.</summary>
    Absent = 4,

    Paused = 8,

    Slow = 16,

    /// <summary>Inputs wait: later ones must not overtake them.</summary>
    Waiting = 32,

    /// <summary>What reaches it is lost.</summary>
    Down = Crashed | Stopped | Absent,
}
