using System.CommandLine;
using Splitrail.Datasets;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;
using Splitrail.Trainer.Tuning;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer tune</c>: a search for the settings of <c>train</c>.</summary>
internal static class TuneCommand
{
    public static TrainerCommand Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder to learn from.", Required = true, HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "File to write the settings to, for `train --tuned`.", Required = true, HelpName = "FILE" };
        var trials = Number("--trials", "Settings to try, those so far included.", 20);
        var people = Number("--people", "People to ask for in each trial.", 2_000);
        var seed = Number("--search-seed", "The same seed and data give the same search.", 1);
        var current = new RetrievalOptionSet();
        var command = new TrainerCommand(
            "tune",
            "Searches for better settings of retrieval: 60 % of the events to learn from, 20 % to choose by, the last 20 % to say what the choice is worth. What is not better is not changed.",
            "trainer tune --dataset .state/dataset --out .state/tuned.json",
            "trainer tune --dataset .state/dataset --out .state/tuned.json --trials 60 --als-solver cg")
        {
            dataset, output, trials, people, seed,
        };
        current.AddTo(command);
        command.Does(parsed =>
        {
            var options = new TuningOptions(Positive(parsed, trials, 2), (ulong)parsed.GetValue(seed), Positive(parsed, people, 30));
            var path = parsed.GetRequiredValue(output);
            var folder = DatasetFolder.Open(parsed.GetRequiredValue(dataset));
            var settings = current.Read(parsed, new RetrievalOptions());
            var result = WorkLogs.Run(log => new RetrievalTuning(log).Run(folder, settings, options));
            TunedSettings.Write(path, folder.Manifest, result);
            Print(result, path, parsed.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static void Print(TuningResult result, string path, TextWriter output)
    {
        output.WriteLine($"{result.Trials} settings tried on {result.Validation.People:N0} people: NDCG@10 {result.Validation.Before:0.0000}, best {result.Validation.After:0.0000} (difference {result.Validation.Difference:+0.0000;-0.0000;0}, standard error {result.Validation.Error:0.0000})");
        if (result.HeldOut is { } heldOut)
            output.WriteLine($"on later events, which the search has not seen ({heldOut.People:N0} people): {heldOut.Before:0.0000} before, {heldOut.After:0.0000} now (difference {heldOut.Difference:+0.0000;-0.0000;0}, standard error {heldOut.Error:0.0000})");
        else
            output.WriteLine("none is better by more than its standard error: the settings stay");
        var (als, options) = (result.Options.Als, result.Options);
        output.WriteLine($"  als-factors {als.Factors}, als-regularisation {als.Regularisation}, als-alpha {als.Alpha}, als-frequency-scaling {als.FrequencyScaling}, ease-lambda {options.EaseLambda}, ease-words {options.EaseWords}");
        output.WriteLine($"written to {path}");
    }

    private static int Positive(ParseResult parsed, Option<int> option, int least) => parsed.GetValue(option) is var value && value >= least
        ? value
        : throw new InputException($"{option.Name} is {value}: give {least} or more");

    private static Option<int> Number(string name, string description, int value) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
