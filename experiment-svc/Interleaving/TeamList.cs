using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Interleaving;

/// <summary>Whose items are in a list that two rankings were drafted into.</summary>
/// <param name="RequestId">Clicks that name it are credited.</param>
/// <param name="Unit">Key of who takes part in the experiment.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="AtMs">When it was served.</param>
/// <param name="Teams">A line per team: the arm and its items, parted by tabs, which no id has.</param>
internal sealed record TeamList(string RequestId, string Unit, string Experiment, long AtMs, string Teams)
{
    public const string Columns = "request_id AS RequestId, unit AS Unit, experiment AS Experiment, at_ms AS AtMs, teams AS Teams";

    /// <summary>An id that was used for two lists: the earlier one counts, of two at once the lower text, whichever arrived first.</summary>
    public const string KeepFirst =
        "UPDATE SET at_ms = excluded.at_ms, teams = excluded.teams WHERE excluded.at_ms < team_lists.at_ms OR (excluded.at_ms = team_lists.at_ms AND excluded.teams < team_lists.teams)";

    public static BulkTable<TeamList> Table { get; } = new("team_lists", "request_id, unit, experiment",
    [
        new("request_id", static row => row.RequestId),
        new("unit", static row => row.Unit),
        new("experiment", static row => row.Experiment),
        new("at_ms", static row => row.AtMs),
        new("teams", static row => row.Teams),
    ]);

    public (string RequestId, string Unit, string Experiment) Key => (RequestId, Unit, Experiment);

    public static TeamList Of(Impression impression)
    {
        var teams = impression.Items.Where(static item => item.Team is not null).GroupBy(static item => item.Team!, StringComparer.Ordinal).OrderBy(static team => team.Key, StringComparer.Ordinal);
        var interleaving = impression.Interleaving!;
        return new TeamList(
            impression.RequestId, UnitKey.Of(interleaving.Unit, interleaving.UnitKind), interleaving.Experiment, impression.TimestampMs,
            string.Join('\n', teams.Select(static team => string.Join('\t', team.Select(static item => item.ItemId).Prepend(team.Key)))));
    }

    /// <summary>Arms that brought items in.</summary>
    public IEnumerable<string> Arms() => Lines().Select(static line => line[0]);

    /// <summary>Which arm brought each item in.</summary>
    public IReadOnlyDictionary<string, string> ArmByItem() =>
        Lines().SelectMany(static line => line.Skip(1).Select(item => (Item: item, Arm: line[0]))).DistinctBy(static one => one.Item).ToDictionary(static one => one.Item, static one => one.Arm, StringComparer.Ordinal);

    private IEnumerable<string[]> Lines() => Teams.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'));
}
