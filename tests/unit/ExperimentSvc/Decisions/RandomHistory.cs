using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

/// <summary>An experiment made up from a seed: arms, metrics, edits of the split, rates that differ or not, evaluated again and again until it is decided.</summary>
internal sealed class RandomHistory(int seed)
{
    private const long DayMs = 86_400_000;

    private readonly Random _random = new(seed);
    private readonly List<ChainRow> _rows = [];

    /// <summary>Entries of all that was recorded, as a log has them.</summary>
    /// <param name="before">The last row of the log so far; null for the first.</param>
    public IReadOnlyList<ChainRow> Record(ChainRow? before)
    {
        var (facts, looks) = (Begin(), new List<PastLook>());
        for (var step = 0; step < 12; step++)
        {
            facts = Grow(facts) with { Looks = [.. looks] };
            if (Decided.Of(facts) is not { } decided)
                continue;
            var last = _rows.Count > 0 ? _rows[^1] : before;
            var entry = decided.ToEntry((last?.Sequence ?? 0) + 1, $"history-{seed}", 3, DecisionModes.Act, last?.Hash ?? ChainHash.Genesis);
            var text = entry.Canonical();
            _rows.Add(new ChainRow(entry.Sequence, entry.Kind, entry.Id, ChainHash.Of(text), text));
            if (!entry.IsLook)
                break;
            looks.Add(decided.Outcome.Conclusion.Look!);
        }

        return _rows;
    }

    private EvaluationFacts Begin()
    {
        ArmInput[] arms = [.. Enumerable.Range(0, _random.Next(2, 5)).Select(i => new ArmInput($"arm-{i}", i == 0))];
        MetricDefinition[] metrics = [.. MetricTable.All.OrderBy(_ => _random.Next()).Take(_random.Next(1, 6))];
        return new EvaluationFacts(
            new EvaluationPlan { PlannedUsers = _random.Next(2) * 60_000, Looks = [0.2, 0.4, 0.6, 0.8, 1], FloorDays = _random.Next(8), FloorUsersPerArm = _random.Next(5000), HorizonMs = 10 * DayMs },
            arms, [], [.. metrics.Select((metric, i) => new MetricFacts(Shape(metric, i), [.. arms.Select(static _ => (IReadOnlyList<string>)[])]))], QualityFacts.None, [], 0, 0);
    }

    private MetricInput Shape(MetricDefinition metric, int place) => new()
    {
        Name = metric.Name,
        Kind = metric.Kind,
        Role = place == 0 ? MetricRole.Goal : (MetricRole)_random.Next(3),
        Direction = metric.Direction,
        HasCovariate = metric.HasCovariate,
        IsSkewed = metric.IsSkewed,
        Margin = _random.Next(2) == 0 ? null : 0.05,
        MinimumEffect = 0.05,
        Cells = [],
    };

    /// <summary>A day with more users, in the same epoch or in a new one with another split.</summary>
    private EvaluationFacts Grow(EvaluationFacts facts)
    {
        var isNew = facts.Epochs.Count == 0 || _random.Next(4) == 0;
        var shares = isNew ? [.. facts.Arms.Select(_ => _random.Next(1, 4) / 4.0)] : facts.Epochs[^1].Shares;
        long[] users = [.. shares.Select(share => (long)(share * 4000) + _random.Next(-60, 60))];
        var last = new EpochInput(isNew ? facts.Epochs.Count + 1 : facts.Epochs.Count, isNew ? users : [.. users.Zip(facts.Epochs[^1].Users, static (one, other) => one + other)], shares);
        return facts with
        {
            Epochs = [.. isNew ? facts.Epochs : facts.Epochs.SkipLast(1), last],
            Metrics = [.. facts.Metrics.Select(metric => metric with { Sums = [.. metric.Sums.Select((cells, arm) => Grow(metric.Shape, cells, isNew, users[arm], arm))] })],
            NowMs = facts.NowMs + DayMs + _random.Next(1000),
        };
    }

    private IReadOnlyList<string> Grow(MetricInput metric, IReadOnlyList<string> cells, bool isNew, long users, int arm)
    {
        var gain = arm == 0 ? 0 : (seed % 5 - 2) * 0.12 * arm;
        var sums = isNew ? default : ExactSums.Parse(cells[^1]);
        for (var person = 0; person < users; person += 100)
        {
            var value = _random.NextDouble() < 0.1 * (1 + gain) ? 1_000_000L * _random.Next(1, metric.Kind == MetricKind.Proportion ? 2 : 30) : 0;
            var one = ExactSums.Of(value, metric.Kind == MetricKind.Ratio ? value + 1_000_000 : 0, metric.HasCovariate ? _random.Next(3) * 1_000_000 : 0);
            for (var twin = 0; twin < 100; twin++)
                sums += one;
        }

        return [.. isNew ? cells : cells.SkipLast(1), (sums with { Units = sums.Units - ((users + 99) / 100 * 100) + users }).ToString()];
    }
}
