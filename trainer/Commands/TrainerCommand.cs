using System.CommandLine;

namespace Splitrail.Trainer.Commands;

/// <summary>A command that brings examples for its help.</summary>
internal sealed class TrainerCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What the command does. Faults that people can put right are told in one line on standard error and end it with 1.</summary>
    public void Does(Func<ParseResult, int> work) => SetAction(parsed =>
    {
        try
        {
            return work(parsed);
        }
        catch (Exception e) when (e is InputException or Datasets.DatasetException or IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: {e.Message}");
            return 1;
        }
    });
}
