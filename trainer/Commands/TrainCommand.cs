using System.CommandLine;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Trainer.Registry;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;
using Splitrail.Trainer.Tuning;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer train</c>: a dataset into a model version.</summary>
internal static class TrainCommand
{
    public static TrainerCommand Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder to learn from.", Required = true, HelpName = "DIR" };
        var models = new Option<string>("--models") { Description = "Folder of model versions; made when missing.", Required = true, HelpName = "DIR" };
        var ranker = new RankerOptionSet();
        var version = new Option<string?>("--version-name") { Description = "Name of the version; made of time and data when left out.", HelpName = "NAME" };
        var inactive = new Option<bool>("--no-activate") { Description = "Leave the version in production as it is." };
        var registry = new Option<string?>("--registry")
        {
            Description = "Publishes through the registry at this address, gates and audit log included, instead of writing active.json.", HelpName = "URL",
        };
        var tuned = new Option<string?>("--tuned") { Description = "Settings that `tune` has written; those said here win, and the defaults hold while there is no such file.", HelpName = "FILE" };
        var retrieval = new RetrievalOptionSet();
        var command = new TrainerCommand(
            "train",
            "Learns a dataset: ALS, EASE, ItemKNN, popularity and a ranker, published as one model version.",
            "trainer train --dataset .state/dataset --models .state/models",
            "trainer train --dataset .state/dataset --models .state/models --als-factors 64 --ease-lambda 1000 --no-activate",
            "trainer train --dataset .state/dataset --models .state/models --ranker blend --precision int8 --no-activate")
        {
            dataset, models, version, inactive, registry, tuned,
        };
        ranker.AddTo(command);
        retrieval.AddTo(command);
        command.Does(parsed => Run(
            parsed,
            parsed.GetRequiredValue(dataset),
            parsed.GetRequiredValue(models),
            parsed.GetValue(registry),
            ranker.Read(parsed, parsed.GetValue(version), !parsed.GetValue(inactive), retrieval.Read(parsed, TunedSettings.Read(parsed.GetValue(tuned))))));
        return command;
    }

    private static int Run(ParseResult parsed, string dataset, string models, string? registry, ModelTrainingOptions options)
    {
        // Before hours of training, not after.
        using var client = registry is null ? null : RegistryOptionSet.Connect(registry);
        try
        {
            var store = new ModelStore(models);
            var manifest = WorkLogs.Run(log => new ModelTraining(TimeProvider.System, log).Run(DatasetFolder.Open(dataset), store, options with { Activate = options.Activate && client is null }));
            var output = parsed.InvocationConfiguration.Output;
            Print(manifest, options.Activate && client is null, output);
            return client is null ? 0 : PublishCommand.Publish(client, manifest.Version, options.Activate, output);
        }
        catch (ModelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    public static void Print(ModelManifest manifest, bool active, TextWriter output)
    {
        output.WriteLine($"model {manifest.Version}{(active ? ", in production" : "")}: {manifest.Items:N0} items, {manifest.Events:N0} events");
        foreach (var file in manifest.Files)
            output.WriteLine($"  {file.Name,-16} {file.Bytes,14:N0} bytes");
        foreach (var (name, value) in manifest.Metrics)
            output.WriteLine($"  {name} {value:0.0000}");
        if (manifest.Ranker is { } ranker)
            output.WriteLine($"  ranker {ranker.Kind}, {ranker.Precision}: calibration error {ranker.CalibrationError:0.00000} ({ranker.UncalibratedError:0.00000} before calibration)");
        if (manifest.Ranker?.Int8Gate is { } gate)
            output.WriteLine($"  int8 ({gate.Weights}, {gate.WeightBits} bits) {(gate.Passed ? "may be served" : "may NOT be served")}: NDCG@10 {gate.NdcgDelta:+0.0000;-0.0000;0}, {gate.TopTenOverlap:0.0 %} of the ten best kept, over {gate.Contexts:N0} lists");
    }
}
