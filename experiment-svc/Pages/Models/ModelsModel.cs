using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Registry;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <param name="List">The registry.</param>
/// <param name="History">Of what was in production, the newest change first.</param>
/// <param name="Said">What became of the last thing that was asked; null for nothing.</param>
/// <param name="Typed">What was typed with it, when it was refused.</param>
public sealed record ModelsModel(ModelList List, IReadOnlyList<HistoryEntry> History, Said? Said, SentForm? Typed);
