using System.Text.Json;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Edits that come at the wrong time.</summary>
internal static class Conflicts
{
    public static Refusal Stale(Held<ExperimentRecord> held, long version, DefinedExperiment wanted)
    {
        var (current, yours) = (Element(held.Value.Definition), Element(wanted));
        return Stale($"Experiment '{held.Value.Id}'", held.Version, version) with
        {
            More = new Dictionary<string, object?>
            {
                ["your_version"] = version,
                ["current_version"] = held.Version,
                ["current"] = current,
                ["differences"] = JsonDifference.Between(current, yours),
            },
        };
    }

    public static Refusal Stale(string what, long current, long yours) => new(
        StatusCodes.Status409Conflict,
        "Edited by somebody else",
        $"{what} has version {current} now; you edited version {yours}. Read it again, put your change into it, and save with If-Match: \"{current}\".")
    {
        More = new Dictionary<string, object?> { ["your_version"] = yours, ["current_version"] = current },
    };

    public static Refusal NotEditable(ExperimentRecord record) => new(
        StatusCodes.Status409Conflict,
        "Not editable",
        $"Experiment '{record.Id}' is {record.State.NameOf()}: what it was when it had users stays as it was. Create another experiment with the changes. Possible now: {Listed(record)}.")
    {
        More = State(record),
    };

    public static Refusal NotPossible(ExperimentRecord record, ExperimentAction action, string? why = null) => new(
        StatusCodes.Status409Conflict,
        "Not possible now",
        $"Experiment '{record.Id}' is {record.State.NameOf()}: {action.NameOf()} is not possible{(why is null ? "" : $", because {why}")}. Possible now: {Listed(record)}.")
    {
        More = State(record),
    };

    private static Dictionary<string, object?> State(ExperimentRecord record) =>
        new() { ["state"] = record.State.NameOf(), ["possible"] = StateMachine.Possible(record).ToArray() };

    private static string Listed(ExperimentRecord record) => StateMachine.Possible(record) is { Count: > 0 } possible ? string.Join(", ", possible) : "nothing";

    private static JsonElement Element(DefinedExperiment definition) => JsonSerializer.SerializeToElement(definition, DefinitionJson.Default.DefinedExperiment);
}
