namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <param name="Name">As it was typed.</param>
/// <param name="To">Where to go then.</param>
/// <param name="Problem">Why it did not work; null at first.</param>
public sealed record SignInForm(string Name, string To, string? Problem);
