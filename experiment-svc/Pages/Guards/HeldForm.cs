namespace Splitrail.ExperimentSvc.Pages.Guards;

/// <summary>A form that was refused.</summary>
/// <param name="Action">Where it was sent.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Problem">Why it was refused.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Status">HTTP status.</param>
public sealed record HeldForm(string Action, SentForm Form, string Problem, string Fix, int Status);
