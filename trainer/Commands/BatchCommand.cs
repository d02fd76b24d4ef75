using System.CommandLine;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Trainer.Batch;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer batch</c>: a list for every known user, into a file.</summary>
internal static class BatchCommand
{
    private const int MostItems = 500;

    public static TrainerCommand Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder with the users and what they did.", Required = true, HelpName = "DIR" };
        var models = new Option<string>("--models") { Description = "Folder of model versions.", Required = true, HelpName = "DIR" };
        var version = new Option<string?>("--model-version") { Description = "The version; that of active.json when left out.", HelpName = "NAME" };
        var output = new Option<string>("--out") { Description = "File to write, one JSON object a line.", Required = true, HelpName = "FILE" };
        var count = new Option<int>("--num-items") { Description = "Items in a list.", HelpName = "N", DefaultValueFactory = static _ => 20 };
        var command = new TrainerCommand(
            "batch",
            "Makes a list for every known user, for mails: candidates in their own order, without ranker, rules and experiments.",
            "trainer batch --dataset .state/dataset --models .state/models --out lists.jsonl",
            "trainer batch --dataset .state/dataset --models .state/models --model-version v2 --num-items 50 --out lists.jsonl")
        {
            dataset, models, version, output, count,
        };
        command.Does(parsed => Run(
            DatasetFolder.Open(parsed.GetRequiredValue(dataset)), new ModelStore(parsed.GetRequiredValue(models)), parsed.GetValue(version), parsed.GetValue(count), parsed.GetRequiredValue(output),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(DatasetFolder dataset, ModelStore models, string? version, int count, string path, TextWriter output)
    {
        if (count is < 1 or > MostItems)
            throw new InputException($"--num-items is {count}: give 1 to {MostItems}");
        try
        {
            var bundle = models.Load(version ?? models.ActiveVersion() ?? throw new InputException($"no version is active in {models.Folder}: train one, or name one by --model-version"));
            var lists = WorkLogs.Run(log => new BatchLists(log).Write(dataset, bundle, count, path));
            output.WriteLine($"{lists:N0} lists of {count} by model {bundle.Manifest.Version}, written to {path}");
            return 0;
        }
        catch (ModelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
