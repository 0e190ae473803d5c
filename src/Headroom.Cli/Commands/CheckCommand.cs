using System.CommandLine;
using Headroom.Audit.Systems;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom check SYSTEM</c>: validates a system file and every file it names, and runs nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("system") { Description = "the system file (YAML)" };
        var command = new Command("check", "validate a system file without running it") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            SystemFile system = SystemFile.Load(path);
            int claims = system.Activities.Sum(a => a.Claims.Count);
            int files = system.Inputs.Count - 1;
            Console.WriteLine($"{path}: fine. {system.Name}: {system.Activities.Count} activit{(system.Activities.Count == 1 ? "y" : "ies")}, "
                + $"{claims} claim{(claims == 1 ? "" : "s")}, {files} file{(files == 1 ? "" : "s")} read with it");
            foreach (Activity activity in system.Activities)
            {
                Console.WriteLine($"  line {activity.Mark.Line,3}  {activity.Kind,-10} {activity.Name}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
