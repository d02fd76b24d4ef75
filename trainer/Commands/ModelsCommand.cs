using System.CommandLine;
using System.Text.Json.Nodes;
using Splitrail.Trainer.Registry;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer models</c>: the registry from the command line.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Looks into the model registry and changes what serves.")
    {
        Of("list", "Versions and their stages.", "models list", static (registry, output) => RegistryText.List(registry.Get("/v1/models"), output)),
        OfVersion("show", "One version, and how it stands to the gates.", static (registry, version, output) => RegistryText.Detail(registry.Get($"/v1/models/{version}"), output)),
        Compare(),
        Activate(),
        RollBack(),
        OfVersion("shadow", "Scores a version beside production; nobody is served by it.", static (registry, version, output) => Stage(registry, version, "shadow", output)),
        OfVersion("unshadow", "Ends that.", static (registry, version, output) => Stage(registry, version, "candidate", output)),
        OfVersion("archive", "Not to be used any more; its files go when there are enough newer ones.", static (registry, version, output) => RegistryText.Change(registry.Post($"/v1/models/{version}/archive", []), output)),
        OfVersion("history", "What became of a version.", static (registry, version, output) => RegistryText.History(registry.Get($"/v1/models/{version}/history"), output)),
    };

    private static TrainerCommand Activate()
    {
        var version = Version();
        var types = new Option<string[]>("--type") { Description = "Only for this of its types: candidate, ranking or embedding (repeat).", HelpName = "TYPE", DefaultValueFactory = static _ => [] };
        var kind = new Option<string?>("--override") { Description = "In spite of a gate that is not passed: the kind of reason, such as business or defect.", HelpName = "KIND" };
        var note = new Option<string?>("--note") { Description = "The reason in words.", HelpName = "TEXT" };
        var hours = new Option<double?>("--watch-hours") { Description = "How long it is watched and rolled back when the shop gets worse; 0 does not.", HelpName = "N" };
        return Command("activate", "Puts a version into production, if it passes the gates.", "models activate 20260101T120000Z-1a2b3c4d", (parsed, registry, output) =>
        {
            var body = new JsonObject();
            if (parsed.GetValue(types) is { Length: > 0 } only)
                body["types"] = new JsonArray([.. only.Select(static type => (JsonNode)type)]);
            if (parsed.GetValue(kind) is { } why)
                body["override"] = Reason(why, parsed.GetValue(note));
            if (parsed.GetValue(hours) is { } watched)
                body["watch_hours"] = watched;
            RegistryText.Change(registry.Post($"/v1/models/{parsed.GetRequiredValue(version)}/activate", body), output);
        }, version, types, kind, note, hours);
    }

    private static TrainerCommand RollBack()
    {
        var version = new Option<string?>("--to") { Description = "An earlier version; the one before when left out.", HelpName = "VERSION" };
        var note = new Option<string?>("--note") { Description = "Why, in words.", HelpName = "TEXT" };
        return Command("rollback", "Goes back to what served before.", "models rollback --note \"click-through fell\"", (parsed, registry, output) =>
        {
            var body = new JsonObject();
            if (parsed.GetValue(version) is { } to)
                body["version"] = to;
            if (parsed.GetValue(note) is { } why)
                body["reason"] = Reason("other", why);
            RegistryText.Change(registry.Post("/v1/models/rollback", body), output);
        }, version, note);
    }

    private static TrainerCommand Compare()
    {
        var version = Version();
        var other = new Option<string?>("--with") { Description = "Another version; production when left out.", HelpName = "VERSION" };
        return Command("compare", "Metrics of two versions side by side.", "models compare 20260101T120000Z-1a2b3c4d", (parsed, registry, output) =>
        {
            var with = parsed.GetValue(other) is { } named ? $"?with={Uri.EscapeDataString(named)}" : "";
            RegistryText.Comparison(registry.Get($"/v1/models/{parsed.GetRequiredValue(version)}/compare{with}"), output);
        }, version, other);
    }

    private static void Stage(RegistryClient registry, string version, string stage, TextWriter output) =>
        RegistryText.Change(registry.Post($"/v1/models/{version}/stage", new JsonObject { ["stage"] = stage }), output);

    private static JsonObject Reason(string kind, string? note) => new() { ["kind"] = kind, ["note"] = note ?? "" };

    private static TrainerCommand Of(string name, string description, string example, Action<RegistryClient, TextWriter> work) =>
        Command(name, description, example, (_, registry, output) => work(registry, output));

    private static TrainerCommand OfVersion(string name, string description, Action<RegistryClient, string, TextWriter> work)
    {
        var version = Version();
        return Command(name, description, $"models {name} 20260101T120000Z-1a2b3c4d", (parsed, registry, output) => work(registry, parsed.GetRequiredValue(version), output), version);
    }

    private static TrainerCommand Command(string name, string description, string example, Action<ParseResult, RegistryClient, TextWriter> work, params Symbol[] own)
    {
        var command = new TrainerCommand(name, description, $"trainer {example}", $"trainer {example} --registry {RegistryOptionSet.DefaultAddress}");
        foreach (var symbol in own)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else if (symbol is Option option)
                command.Options.Add(option);
        }

        var registry = new RegistryOptionSet();
        registry.AddTo(command);
        command.Does(parsed =>
        {
            using var client = registry.Connect(parsed);
            work(parsed, client, parsed.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static Argument<string> Version() => new("version") { Description = "A version of the registry." };
}
