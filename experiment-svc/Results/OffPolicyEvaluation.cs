using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>What another policy would have earned, by logged probabilities; the reward model is each arm's mean in its epoch.</summary>
internal sealed class OffPolicyEvaluation(LoggedPeople people)
{
    private const double Level = 0.05;

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<(OffPolicyAnswer? Answer, Refusal? Refusal)> RunAsync(ExperimentRecord record, OffPolicyRequest request, CancellationToken cancellationToken)
    {
        if (FaultsOf(record, request) is { None: false } faults)
            return (null, Refusal.Bad(faults.All));
        var logged = await people.ReadAsync(record.Id, MetricTable.Find(request.Metric)!, cancellationToken);
        var known = logged.Select(static person => person.Arm).ToHashSet(StringComparer.Ordinal);
        if (request.Policy.FirstOrDefault(pair => pair.Value > 0 && !known.Contains(pair.Key)) is { Key: not null } unseen)
            return (null, Unseen(record, unseen.Key, unseen.Value, logged.Count));
        var decisions = Weigh(logged, request.Policy);
        var effective = OffPolicy.EffectiveSample(decisions);
        if (effective < request.LeastEffectiveSample)
            return (null, TooSmall(request, logged.Count, effective));
        var plain = UnitSums.Of(logged.Select(static person => person.Reward)).MeanEstimate();
        return (new OffPolicyAnswer(record.Id, request.Metric, logged.Count, effective, plain.TryGet(out var value) ? Bounds(value) : null,
        [
            Estimate("ips", OffPolicy.Ips(decisions)),
            Estimate("snips", OffPolicy.Snips(decisions)),
            Estimate("doubly_robust", OffPolicy.DoublyRobust(decisions)),
            Estimate("switch", OffPolicy.Switch(decisions, request.SwitchAt)),
        ]), null);
    }

    private static Faults FaultsOf(ExperimentRecord record, OffPolicyRequest request)
    {
        var faults = new Faults();
        string[] metrics = [.. MetricTable.All.Where(static metric => metric.Kind is MetricKind.Mean or MetricKind.Proportion).Select(static metric => metric.Name)];
        faults.OneOf("metric", request.Metric, metrics);
        string[] arms = [.. record.Definition.Arms.Select(static arm => arm.Id)];
        foreach (var (arm, probability) in request.Policy ?? new Dictionary<string, double>())
        {
            faults.OneOf("policy", arm, arms);
            if (!(probability is >= 0 and <= 1))
                faults.Add($"policy.{arm}", probability, "must be a probability from 0 to 1");
        }

        if (request.Policy is not { } policy || Math.Abs(policy.Values.Sum() - 1) > 1e-6)
            faults.Add("policy", request.Policy?.Values.Sum(), $"must sum to 1 over the arms {string.Join(", ", arms)}");
        if (!(request.LeastEffectiveSample >= 2))
            faults.Add("least_effective_sample", request.LeastEffectiveSample, "must be 2 or more people");
        if (!(request.SwitchAt > 0))
            faults.Add("switch_at", request.SwitchAt, "must be a weight above 0");
        return faults;
    }

    private static LoggedDecision[] Weigh(IReadOnlyList<LoggedPerson> logged, IReadOnlyDictionary<string, double> policy)
    {
        var means = logged.GroupBy(static person => (person.Arm, person.Epoch)).ToDictionary(static group => group.Key, static group => group.Average(static person => person.Reward));
        var epochs = logged.Select(static person => person.Epoch).Distinct().ToDictionary(static epoch => epoch, epoch => policy.Sum(arm => arm.Value * means.GetValueOrDefault((arm.Key, epoch))));
        return
        [
            .. logged.Select(person => new LoggedDecision(
                person.Reward, policy.GetValueOrDefault(person.Arm) / person.Probability, means[(person.Arm, person.Epoch)], epochs[person.Epoch])),
        ];
    }

    private static OffPolicyEstimate Estimate(string method, Finding<ArmEstimate> estimate) =>
        estimate.TryGet(out var value) ? new OffPolicyEstimate(method, Bounds(value), null) : new OffPolicyEstimate(method, null, NotYetTexts.Of(estimate.Reason!.Value));

    private static BoundedView Bounds(ArmEstimate estimate)
    {
        var interval = Interval.Around(estimate.Value, -Tails.NormalQuantile(Level / 2) * Math.Sqrt(estimate.ErrorVariance));
        return new BoundedView(estimate.Value, interval.Low, interval.High);
    }

    private static Refusal Unseen(ExperimentRecord record, string arm, double probability, int people) => new(
        StatusCodes.Status409Conflict,
        "Not in the log",
        $"The policy gives arm '{arm}' a probability of {Faults.Number(probability)}, and none of the {people} people whose rows are there had it: nothing is known of it. "
        + $"Leave it out, or give the arm users first (experiment '{record.Id}').");

    private static Refusal TooSmall(OffPolicyRequest request, int people, double effective) => new(
        StatusCodes.Status409Conflict,
        "Effective sample too small",
        $"Under this policy the {people} logged people are worth {effective:0} (least_effective_sample is {request.LeastEffectiveSample:0}): an estimate would rest on few heavy weights. "
        + "Ask for a policy nearer to the logged one, or wait for more users.")
    {
        More = new Dictionary<string, object?> { ["people"] = people, ["effective_sample"] = Math.Round(effective, 1) },
    };
}
