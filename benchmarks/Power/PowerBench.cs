using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Power;

/// <summary>What looking early costs and saves, and how soon harm is ended: purchases at a baseline of 5 %, arms 50/50.</summary>
internal sealed class PowerBench : IBench
{
    private const int DefaultRuns = 4000;
    private const double Rate = 0.05;
    private const double Lift = 0.05;
    private const double Harm = -0.2;
    private const double Alpha = 0.05;
    private const double Planned = 0.8;
    private const int Days = 14;
    private const int PlanBlock = 500;
    private const int HarmBlock = 200;
    private const long HarmUsers = 200_000;
    private const double OrderDeviation = 1.2;

    public string Name => "power";

    public string Summary => "power and users saved at the planned effect against one test at the end, and how soon harm is rolled back";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["power_ratio"] = new(Min: 0.97),
        ["users_saved_share"] = new(Min: 0.2),
        ["harm_median_users_per_arm"] = new(Max: 8000),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run<IReadOnlyDictionary<string, double>>(
        () =>
        {
            var figures = new Dictionary<string, double> { ["runs"] = request.Runs ?? DefaultRuns };
            LookTable.Print(Alpha, Planned, request.Progress);
            Planned5Percent(figures, request, cancellationToken);
            foreach (var harm in new[] { -0.1, Harm, -0.5, -1.0 })
                Harmed(figures, harm, request, cancellationToken);
            foreach (var control in new[] { 0.5, 0.9, 0.1 })
                RevenueHarmed(figures, control, request, cancellationToken);
            return figures;
        },
        cancellationToken);

    private static void Planned5Percent(Dictionary<string, double> figures, BenchRequest request, CancellationToken cancellationToken)
    {
        var perArm = new TwoProportions(Rate, Rate * (1 + Lift), 1).UnitsFor(Planned, Alpha);
        var plan = new EvaluationPlan { PlannedUsers = (long)Math.Ceiling(2 * perArm / PlanBlock) * PlanBlock };
        var test = new SimulatedTest(new Split("50/50", PlanBlock, 0.5, 0.5), Arms(Lift, PlanBlock), plan, Days);
        var ends = MonteCarlo.Run((int)figures["runs"], run => One(test, plan, SplitMix64.Stream(request.Seed, (ulong)run)), cancellationToken);
        var (found, fixedFound) = (ends.Average(static end => end.Found ? 1.0 : 0), ends.Average(static end => end.FixedFound ? 1.0 : 0));
        var users = ends.Average(static end => (double)end.Users) / plan.PlannedUsers;
        var ratios = ends.Average(end => Math.Pow((end.Found ? 1.0 : 0) - (found / fixedFound * (end.FixedFound ? 1.0 : 0)), 2));
        figures["power_ratio"] = found / fixedFound;
        figures["power_ratio_error"] = Math.Sqrt(ratios / ends.Length) / fixedFound;
        figures["users_saved_share"] = 1 - users;
        figures["users_saved_error"] = Math.Sqrt(ends.Average(end => Math.Pow(((double)end.Users / plan.PlannedUsers) - users, 2)) / ends.Length);
        request.Progress($"+{Lift:P0} at {Rate:P0}, {plan.PlannedUsers:N0} users planned: promoted {MonteCarlo.Text(found, ends.Length)}, one test at the end {MonteCarlo.Text(fixedFound, ends.Length)}, "
            + $"users saved {100 * (1 - users):0.0} % ± {100 * figures["users_saved_error"]:0.0}");
    }

    private static (bool Found, bool FixedFound, long Users) One(SimulatedTest test, EvaluationPlan plan, SplitMix64 chance)
    {
        var isFound = false;
        var end = test.Run(ref chance, isOverAtEnd: false, input =>
        {
            if (ArmPlaces.Users(input) < plan.PlannedUsers)
                return;
            var (treatment, control) = (input.Metrics[0].Cells[1][0], input.Metrics[0].Cells[0][0]);
            isFound = ProportionTest.Of(new Share((long)treatment.Sum, treatment.Users), new Share((long)control.Sum, control.Users)).Value is { Z: > 0 } z && z.PValue <= Alpha;
        });
        return (end.Verdict == Verdict.Promote, isFound, end.Users);
    }

    private static void Harmed(Dictionary<string, double> figures, double lift, BenchRequest request, CancellationToken cancellationToken)
    {
        var test = new SimulatedTest(new Split("50/50", HarmBlock, 0.5, 0.5), Arms(lift, HarmBlock), new EvaluationPlan { PlannedUsers = HarmUsers }, Days);
        var ends = Ends(test, figures, request.Seed + (ulong)Math.Round(-1000 * lift), cancellationToken);
        request.Progress($"{lift:+0 %;-0 %} purchases at {Rate:P0}: {Text(ends)}");
        if (lift != Harm)
            return;
        var (low, high) = Around(ends);
        figures["harm_median_users_per_arm"] = ends[ends.Length / 2] / 2;
        figures["harm_median_error"] = (high - low) / 4;
    }

    /// <summary>Half of the revenue, of as many buyers: for the reader.</summary>
    private static void RevenueHarmed(Dictionary<string, double> figures, double control, BenchRequest request, CancellationToken cancellationToken)
    {
        Outcomes[] arms = [new Revenue(Rate, OrderDeviation, HarmBlock), new Revenue(Rate, OrderDeviation, HarmBlock, 0.5)];
        var test = new SimulatedTest(new Split("", HarmBlock, control, 1 - control), arms, new EvaluationPlan { PlannedUsers = HarmUsers }, Days);
        request.Progress($"-50 % revenue, {control:P0} of users in the control: {Text(Ends(test, figures, request.Seed + 5000, cancellationToken))}");
    }

    private static double[] Ends(SimulatedTest test, Dictionary<string, double> figures, ulong seed, CancellationToken cancellationToken)
    {
        var ends = MonteCarlo.Run((int)figures["runs"], run => At(test, SplitMix64.Stream(seed, (ulong)run)), cancellationToken);
        Array.Sort(ends);
        return ends;
    }

    private static string Text(double[] ends)
    {
        var (low, high) = Around(ends);
        return $"rolled back at a median of {ends[ends.Length / 2]:N0} users of both arms ({low:N0} to {high:N0} within an error), nine of ten by {ends[(int)(0.9 * ends.Length)]:N0}, "
            + $"never within {HarmUsers:N0} {MonteCarlo.Text(ends.Count(double.IsPositiveInfinity) / (double)ends.Length, ends.Length)}";
    }

    /// <summary>The median's own interval, by ranks.</summary>
    private static (double Low, double High) Around(double[] ends)
    {
        var half = (int)Math.Ceiling(Math.Sqrt(ends.Length) / 2);
        return (ends[Math.Max(0, (ends.Length / 2) - half)], ends[Math.Min(ends.Length - 1, (ends.Length / 2) + half)]);
    }

    private static double At(SimulatedTest test, SplitMix64 chance)
    {
        var end = test.Run(ref chance, isOverAtEnd: true);
        return end.Verdict == Verdict.RollBack ? end.Users : double.PositiveInfinity;
    }

    private static Outcomes[] Arms(double lift, int block) => [new Conversion(Rate, block), new Conversion(Math.Max(1e-12, Rate * (1 + lift)), block)];
}
