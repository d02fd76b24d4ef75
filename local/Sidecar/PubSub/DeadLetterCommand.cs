using System.CommandLine;
using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary><c>dead-letters --state-dir FOLDER [--replay TOPIC]</c>; the suite may run meanwhile.</summary>
internal static class DeadLetterCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--state-dir") { Description = "The sidecars' state folder (STATE/sidecar of a run).", Required = true };
        var replay = new Option<string>("--replay") { Description = "Send all messages of this dead-letter topic back to where they failed." };
        var pubsub = new Option<string>("--pubsub") { Description = "The pub/sub component.", DefaultValueFactory = static _ => "pubsub" };
        var command = new Command("dead-letters", "Lists the messages that no handler took, or sends them back.") { folder, replay, pubsub };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(pubsub), parsed.GetValue(replay)));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, string pubsub, string? topic)
    {
        var file = Path.Combine(folder.FullName, "broker.db");
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no broker in {folder.FullName}: give the sidecars' state folder, such as .state/demo/sidecar.");
            return 2;
        }

        await using var log = new SqliteLog(file, BrokerLog.Schema);
        var letters = new DeadLetters(log, TimeProvider.System);
        if (topic is not null)
        {
            Console.WriteLine($"{await letters.ReplayAsync(pubsub, topic)} messages of {topic} were sent back.");
            return 0;
        }

        foreach (var (component, name, count) in letters.Count())
            Console.WriteLine($"{count,8} {component}/{name}");
        return 0;
    }
}
