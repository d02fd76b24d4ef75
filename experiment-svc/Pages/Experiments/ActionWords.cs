using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <param name="Button">What the button says.</param>
/// <param name="Effect">What happens.</param>
/// <param name="Role">Who may.</param>
/// <param name="Done">What is said afterwards.</param>
internal sealed record ActionText(string Button, string Effect, Role Role, string Done);

/// <summary>Actions in an owner's words.</summary>
internal static class ActionWords
{
    private static readonly Dictionary<string, ActionText> s_texts = new(StringComparer.Ordinal)
    {
        ["submit"] = new("Ask for approval", "Somebody else looks at it. It starts only when you start it.", Role.Editor, "Approval was asked for."),
        ["withdraw"] = new("Withdraw", "What waits for approval is dropped; what runs goes on.", Role.Editor, "Withdrawn."),
        ["approve"] = new("Approve", "What waits becomes what is: an edit of a running experiment reaches users at once.", Role.Approver, "Approved."),
        ["start"] = new("Start", "Users meet it within two seconds.", Role.Editor, "It runs. The first users meet it within two seconds."),
        ["pause"] = new("Pause", "Nobody meets it any more; everybody keeps his place for when it goes on.", Role.Editor, "Paused: everybody gets the shop as it is."),
        ["resume"] = new("Go on", "Everybody meets the arm that he had.", Role.Editor, "It goes on."),
        ["end"] = new("End", "Nobody meets it any more. It cannot be started again.", Role.Editor, "Ended."),
        ["promote"] = new("Promote", "Everybody in the experiment gets this arm from now on.", Role.Approver, "Promoted: everybody in it gets that arm."),
        ["roll_back"] = new("Roll back", "Everybody in the experiment gets the control from now on, within two seconds.", Role.Editor, "Rolled back: everybody in it gets the control."),
        ["archive"] = new("Archive", "It leaves the lists. What it showed stays.", Role.Editor, "Archived."),
        ["split"] = new("", "", Role.Editor, "The split was saved. It reaches every gateway within two seconds."),
        ["pending"] = new("", "", Role.Editor, "Saved, and waiting for the approval of a second person; until then the split stays as it is."),
        ["undo"] = new("Undo the last edit", "Every user goes back to where he was before it.", Role.Editor, "Undone: everybody is where he was before."),
        ["comment"] = new("", "", Role.Viewer, "Your comment was added."),
        ["activated"] = new("", "", Role.Admin, "It serves everybody within two seconds, and is watched."),
        ["rolled_back_model"] = new("", "", Role.Editor, "What served before serves again, within two seconds."),
        ["saved"] = new("", "", Role.Editor, "Saved."),
        ["layer_made"] = new("", "", Role.Admin, "The layer was made: experiments can be put into it now."),
        ["created"] = new("", "", Role.Editor, "Created as a draft: nobody meets it before it is started."),
    };

    public static ActionText Of(string action) => s_texts[action];

    public static bool Knows(string action) => s_texts.ContainsKey(action);

    /// <summary>Null for what is no word of ours: it came with the address.</summary>
    public static Said? Done(string? what) => what is not null && s_texts.TryGetValue(what, out var text) ? new Said(text.Done, true) : null;

    /// <summary>A refusal without the words that only a program needs.</summary>
    public static string Of(Refusal refusal) => refusal.Title == "Edited by somebody else"
        ? "Somebody else edited this while you did. Nothing of yours was saved and nothing of theirs was lost: what is now stands above, what you typed stands in the form. Look at the preview, then save again."
        : refusal.More.GetValueOrDefault("faults") is FaultView[] faults && faults.Select(Forms.FormFaults.OfShares).OfType<string>().FirstOrDefault() is { } shares ? shares
        : refusal.Detail.Replace(" The actor comes from the header X-Actor.", "", StringComparison.Ordinal);
}
