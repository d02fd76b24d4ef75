using Splitrail.ExperimentSvc.Results;

namespace Splitrail.ExperimentSvc.Pages.Results;

/// <summary>When an experiment's numbers last changed, and whether that is too long ago.</summary>
internal static class LastSeen
{
    /// <summary>A shop that runs has shoppers in any hour, so an hour without any of an experiment's is a fault somewhere.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(1);

    public static bool IsLate(ResultsView results) => results.State == "running" && results.UpdatedAt is { } at && results.At - at > Late;

    public static string Of(ResultsView results, Visit visit) => results.UpdatedAt is { } at
        ? $"Last data {visit.Ago(at)}{(IsLate(results) ? ": nothing has come for more than an hour. Look at System." : ".")}"
        : "No data has come yet: the first users are seen here some seconds after they meet it.";
}
