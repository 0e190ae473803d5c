using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>How a membership tells its application that it holds a member for something else now: a reply whose number is the member, with the status as its one byte.</summary>
public static class StatusNotice
{
    public static void Tell(int subject, MemberStatus status, ref Turn turn) => turn.Reply(subject, [(byte)status]);

    public static bool TryRead(ReadOnlySpan<byte> head, out MemberStatus status)
    {
        status = head.Length == 1 ? (MemberStatus)head[0] : default;
        return head.Length == 1 && head[0] <= (byte)MemberStatus.Dead;
    }
}
