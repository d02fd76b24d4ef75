using System.CommandLine;
using System.Text.Json.Nodes;
using Splitrail.Models;
using Splitrail.Trainer.Registry;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer publish</c>: a version onto the volume of the services and into the registry.</summary>
internal static class PublishCommand
{
    public static TrainerCommand Create()
    {
        var version = new Argument<string>("version") { Description = "The version." };
        var models = new Option<string>("--models") { Description = "Folder of model versions that it is in.", Required = true, HelpName = "DIR" };
        var volume = new Option<string?>("--to") { Description = "Models folder of the services, when it is another one: the version is copied there first.", HelpName = "DIR" };
        var activate = new Option<bool>("--activate") { Description = "Put it into production when it passes the gates." };
        var registry = new RegistryOptionSet();
        var command = new TrainerCommand(
            "publish",
            "Publishes a version: every file verified, copied under a temporary name, on the disk, renamed, then registered. Killed at any moment it leaves all of the version or nothing.",
            "trainer publish 20260101T120000Z-1a2b3c4d --models .state/demo/models",
            "trainer publish 20260101T120000Z-1a2b3c4d --models trained --to /var/lib/splitrail/models --activate --registry http://gateway:8080")
        {
            version, models, volume, activate,
        };
        registry.AddTo(command);
        command.Does(parsed =>
        {
            var name = parsed.GetRequiredValue(version);
            Copy(parsed.GetRequiredValue(models), parsed.GetValue(volume), name);
            using var client = registry.Connect(parsed);
            return Publish(client, name, parsed.GetValue(activate), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    /// <summary>Registers a version that is on the volume.</summary>
    public static int Publish(RegistryClient client, string version, bool activate, TextWriter output)
    {
        client.Post("/v1/models", new JsonObject { ["version"] = version });
        output.WriteLine($"model {version} is registered");
        if (activate)
            RegistryText.Change(client.Post($"/v1/models/{version}/activate", []), output);
        return 0;
    }

    private static void Copy(string from, string? to, string version)
    {
        try
        {
            var source = new ModelStore(from);
            var manifest = source.Verify(version);
            if (to is null || Path.GetFullPath(to) == source.Folder)
                return;
            Directory.CreateDirectory(to);
            using var draft = new ModelStore(to).Draft(version);
            foreach (var file in manifest.Files)
                File.Copy(Path.Combine(source.Folder, version, file.Name), Path.Combine(draft.Folder, file.Name));
            draft.Commit(manifest);
        }
        catch (ModelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
