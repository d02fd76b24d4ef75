namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>What somebody did, as the history tells it.</summary>
internal static class HistoryWords
{
    private static readonly Dictionary<string, string> s_past = new(StringComparer.Ordinal)
    {
        ["create"] = "created it", ["edit"] = "edited it", ["submit"] = "asked for approval", ["withdraw"] = "withdrew it", ["approve"] = "approved it", ["start"] = "started it", ["pause"] = "paused it",
        ["resume"] = "resumed it", ["end"] = "ended it", ["promote"] = "promoted an arm", ["roll_back"] = "rolled it back", ["archive"] = "archived it", ["undo"] = "undid an edit", ["delete"] = "deleted it",
        ["publish"] = "published a model", ["activate"] = "activated a model", ["rollback"] = "rolled the model back", ["import"] = "imported it",
    };

    /// <summary>Other actions are told by their names.</summary>
    public static string Of(string action) => s_past.GetValueOrDefault(action, Shown.Words(action));
}
