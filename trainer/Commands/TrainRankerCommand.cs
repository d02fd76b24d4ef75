using System.CommandLine;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Trainer.Registry;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer train-ranker</c>: a ranker for candidates that are there.</summary>
internal static class TrainRankerCommand
{
    public static TrainerCommand Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder to learn from.", Required = true, HelpName = "DIR" };
        var models = new Option<string>("--models") { Description = "Folder of model versions.", Required = true, HelpName = "DIR" };
        var candidates = new Option<string?>("--candidates") { Description = "Version whose candidates it shall rank; the one in active.json when left out.", HelpName = "VERSION" };
        var version = new Option<string?>("--version-name") { Description = "Name of the version; made of time and data when left out.", HelpName = "NAME" };
        var registry = new Option<string?>("--registry")
        {
            Description = "Registers and activates it through the registry at this address; without one it is only written.", HelpName = "URL",
        };
        var inactive = new Option<bool>("--no-activate") { Description = "With --registry: register it and leave production as it is, for an experiment or the shadow." };
        var ranker = new RankerOptionSet();
        var command = new TrainerCommand(
            "train-ranker",
            "Trains a ranker alone, for the candidates of a version that is there: as a version of type ranking and of the other's family.",
            "trainer train-ranker --dataset .state/demo/dataset --models .state/demo/models --ranker blend",
            "trainer train-ranker --dataset .state/demo/dataset --models .state/demo/models --impressions http://127.0.0.1:8080 --registry http://127.0.0.1:8080 --no-activate")
        {
            dataset, models, candidates, version, registry, inactive,
        };
        ranker.AddTo(command);
        command.Does(parsed => Run(
            parsed,
            parsed.GetRequiredValue(dataset),
            parsed.GetRequiredValue(models),
            parsed.GetValue(candidates),
            parsed.GetValue(registry),
            ranker.Read(parsed, parsed.GetValue(version), !parsed.GetValue(inactive), new RetrievalOptions())));
        return command;
    }

    private static int Run(ParseResult parsed, string dataset, string models, string? candidates, string? registry, ModelTrainingOptions options)
    {
        using var client = registry is null ? null : RegistryOptionSet.Connect(registry);
        try
        {
            var manifest = WorkLogs.Run(log => new RankerOnlyTraining(TimeProvider.System, log).Run(DatasetFolder.Open(dataset), new ModelStore(models), candidates, options));
            var output = parsed.InvocationConfiguration.Output;
            TrainCommand.Print(manifest, false, output);
            output.WriteLine($"  ranks candidates of {manifest.Parent} (family {manifest.Family})");
            return client is null ? 0 : PublishCommand.Publish(client, manifest.Version, options.Activate, output);
        }
        catch (ModelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
