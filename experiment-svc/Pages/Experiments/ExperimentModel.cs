using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Results;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <param name="View">The experiment.</param>
/// <param name="Results">What it shows; null for one that never ran.</param>
/// <param name="History">The newest change first.</param>
/// <param name="Comments">The newest first.</param>
/// <param name="Split">The split's form.</param>
/// <param name="Said">What became of the last thing that was asked; null for nothing.</param>
/// <param name="Typed">A comment or a reason that was refused, to be sent again.</param>
public sealed record ExperimentModel(
    ExperimentView View, ResultsView? Results, IReadOnlyList<HistoryEntry> History, IReadOnlyList<Comment> Comments, SplitForm Split, Said? Said = null, SentForm? Typed = null);

/// <param name="Text">In words.</param>
/// <param name="IsGood">It was done.</param>
public sealed record Said(string Text, bool IsGood);
