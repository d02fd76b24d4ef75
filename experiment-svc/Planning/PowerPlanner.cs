using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>Size and power of a test that is not there yet: rates by <see cref="TwoProportions"/>, means and ratios by <see cref="Statistics.Power"/>, planned looks by <see cref="SequentialPower"/>.</summary>
/// <param name="request">Checked by <see cref="PowerRules"/>.</param>
internal sealed class PowerPlanner(PowerRequest request)
{
    /// <summary>In standard deviations; what is smaller needs more users than there are people.</summary>
    private const double LeastEffect = 1e-5;

    private const double MostEffect = 10;

    private readonly double[] _shares = [.. request.Shares.Select(share => share / request.Shares.Sum())];

    private double Alpha => request.Alpha / (_shares.Length - 1);

    /// <summary>True when the minimum effect is too small for any test.</summary>
    public bool IsHopeless => request.MinimumEffect is { } effect && Math.Abs(InDeviations(effect)) < LeastEffect;

    public PowerAnswer Plan()
    {
        long? users = request.MinimumEffect is { } effect ? Need(effect) : null;
        return new PowerAnswer(
            users,
            users is { } all ? [.. _shares.Select(share => (long)Math.Ceiling(all * share))] : null,
            users / request.UsersPerDay,
            Alpha,
            users is { } planned ? Sequential(planned) : null,
            request is { Users: { } given, MinimumEffect: { } change } ? PowerOf(change, given) : null,
            request.Users is { } there ? EffectOf(there) : null);
    }

    /// <summary>Users of all arms, by the treatment that has it hardest.</summary>
    private long Need(double effect) => (long)Math.Ceiling(_shares.Skip(1).Max(share => (request.Kind == PowerRules.Proportion
        ? Rates(effect, share).UnitsFor(request.Power, Alpha)
        : new Power(Alpha, _shares[0] / share).UnitsFor(InDeviations(effect), request.Power)) / share));

    private double PowerOf(double effect, double users) => _shares.Skip(1).Min(share => request.Kind == PowerRules.Proportion
        ? Rates(effect, share).PowerOf(users * share, Alpha)
        : new Power(Alpha, _shares[0] / share).Of(InDeviations(effect), users * share));

    /// <summary>The smallest relative gain found with the wanted power; null when none is.</summary>
    private double? EffectOf(double users)
    {
        var (low, high) = (1e-6, request.Kind == PowerRules.Proportion ? Math.Min(MostEffect, (1 / request.Baseline!.Value) - 1) * (1 - 1e-9) : MostEffect);
        if (PowerOf(high, users) < request.Power)
            return null;
        while (high / low > 1 + 1e-9)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = PowerOf(middle, users) < request.Power ? (middle, high) : (low, middle);
        }

        return high;
    }

    private SequentialPlan Sequential(long users)
    {
        double[] information = [.. Enumerable.Range(1, request.Looks).Select(look => (double)look / request.Looks)];
        var bounds = GroupSequential.Boundaries(information, Alpha, request.Boundary == BoundaryFamilies.Pocock ? AlphaSpending.Pocock : AlphaSpending.OBrienFleming);
        var inflation = SequentialPower.Inflation(information, bounds, Alpha, request.Power);
        var most = users * inflation;
        var drift = (Tails.NormalQuantile(request.Power) - Tails.NormalQuantile(Alpha / 2)) * Math.Sqrt(inflation);
        return new SequentialPlan(
            inflation, (long)Math.Ceiling(most), Expected(drift), Expected(0), [.. information.Zip(bounds, (part, bound) => new PlannedLook((long)Math.Ceiling(part * most), bound))]);

        long Expected(double of) => (long)Math.Ceiling(most * SequentialPower.Of(information, bounds, of).ExpectedInformation);
    }

    private TwoProportions Rates(double effect, double share) => new(request.Baseline!.Value, request.Baseline.Value * (1 + effect), _shares[0] / share);

    private double InDeviations(double effect) => request.Kind == PowerRules.Proportion
        ? effect * request.Baseline!.Value / Math.Sqrt(request.Baseline.Value * (1 - request.Baseline.Value))
        : effect * request.Baseline!.Value / request.Deviation!.Value;
}
