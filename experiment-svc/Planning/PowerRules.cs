using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>What a question about power must be.</summary>
internal static class PowerRules
{
    public const string Proportion = "proportion";
    public const string Mean = "mean";
    public const string Ratio = "ratio";

    private const int MostLooks = 50;
    private const int MostArms = 20;

    private static readonly string[] s_kinds = [Proportion, Mean, Ratio];

    public static Faults Check(PowerRequest request)
    {
        var faults = new Faults();
        faults.OneOf("kind", request.Kind, s_kinds);
        var isRate = request.Kind == Proportion;
        if (isRate ? request.Baseline is not (> 0 and < 1) : request.Baseline is not { } baseline || baseline == 0 || !double.IsFinite(baseline))
            faults.Add("baseline", request.Baseline, isRate ? "must be the control's rate, above 0 and below 1" : "must be the control's value, and not 0: a relative change of 0 is nothing");
        if (!isRate && request.Deviation is not > 0)
            faults.Add("deviation", request.Deviation, "must be the standard deviation per user, above 0");
        if (request.MinimumEffect is null && request.Users is null)
            faults.Add("minimum_effect", null, "must be a relative change such as 0.05, or give users to learn what they find");
        CheckEffect(request, isRate, faults);
        CheckSplit(request, faults);
        if (!(request.Alpha is > 0 and <= 0.5))
            faults.Add("alpha", request.Alpha, "must be above 0 and up to 0.5");
        if (!(request.Power is >= 0.5 and < 1))
            faults.Add("power", request.Power, "must be from 0.5 to below 1");
        if (request.Users is < 2 or > 1_000_000_000_000)
            faults.Add("users", request.Users, "must be from 2 to 10^12, of all arms");
        if (request.UsersPerDay is { } perDay && !(perDay > 0))
            faults.Add("users_per_day", perDay, "must be above 0");
        if (request.Looks is < 1 or > MostLooks)
            faults.Add("looks", request.Looks, $"must be 1 to {MostLooks} planned looks");
        faults.OneOf("boundary", request.Boundary, BoundaryFamilies.All);
        if (faults.None && new PowerPlanner(request).IsHopeless)
            faults.Add("minimum_effect", request.MinimumEffect, "is too small for any number of users: give a larger one");
        return faults;
    }

    private static void CheckEffect(PowerRequest request, bool isRate, Faults faults)
    {
        if (request.MinimumEffect is { } effect && (!(effect is > -1 and <= 10) || effect == 0))
            faults.Add("minimum_effect", effect, "must be a relative change above -1 and up to 10, and not 0: 0.05 is 5 %");
        else if (isRate && request is { MinimumEffect: { } change, Baseline: { } rate } && rate * (1 + change) >= 1)
            faults.Add("minimum_effect", change, $"makes a rate of {Faults.Number(rate)} reach {Faults.Number(rate * (1 + change))}: a rate stays below 1");
    }

    private static void CheckSplit(PowerRequest request, Faults faults)
    {
        if (!faults.List("shares", request.Shares, MostArms))
            return;
        if (request.Shares.Count < 2)
            faults.Add("shares", request.Shares.Count, "must be two or more, the control first");
        else if (request.Shares.Any(static share => !(share > 0)) || SplitCompletion.Complete(request.Shares) is null)
            faults.Add("shares", string.Join(", ", request.Shares.Select(Faults.Number)), "must each be above 0 and sum to 1, or to 100");
    }
}
