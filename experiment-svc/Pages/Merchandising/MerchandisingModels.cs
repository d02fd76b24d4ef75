using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Forms;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <param name="Weights">The global ones first.</param>
/// <param name="Said">What became of the last edit.</param>
/// <param name="Typed">What was typed, when it was refused.</param>
public sealed record WeightsModel(IReadOnlyList<WeightsView> Weights, Said? Said, SentForm? Typed);

/// <param name="Rules">Of the highest priority first.</param>
/// <param name="Said">What became of the last edit.</param>
public sealed record RulesModel(IReadOnlyList<RuleView> Rules, Said? Said);

/// <param name="Id">The rule that is edited; null for a new one.</param>
/// <param name="Version">The version that was looked at; 0 for a new one.</param>
/// <param name="Fields">What the form says.</param>
/// <param name="History">The newest change first.</param>
/// <param name="Faults">Why it was not saved.</param>
public sealed record RuleModel(string? Id, long Version, FormFields Fields, IReadOnlyList<HistoryEntry> History, IReadOnlyList<FormFault> Faults);
