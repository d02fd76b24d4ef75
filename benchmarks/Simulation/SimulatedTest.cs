using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>How an experiment went.</summary>
/// <param name="Verdict">By the decision code.</param>
/// <param name="Users">Of all arms, when it was over.</param>
internal readonly record struct TestEnd(Verdict Verdict, long Users);

/// <summary>An experiment of one metric whose users come in blocks, evaluated after each by the code that decides in production.</summary>
/// <param name="split">Deals the users out; the first arm is the control.</param>
/// <param name="arms">What each arm's users do.</param>
/// <param name="plan">With the planned users.</param>
/// <param name="days">In which the planned users come.</param>
internal sealed class SimulatedTest(Split split, Outcomes[] arms, EvaluationPlan plan, int days)
{
    private const long DayMs = 86_400_000;

    private readonly ArmInput[] _arms = [.. arms.Select(static (_, arm) => new ArmInput(arm == 0 ? "control" : $"arm{arm}", arm == 0))];

    /// <param name="chance">Of this run.</param>
    /// <param name="isOverAtEnd">False: users come until the planned number, also after the verdict.</param>
    /// <param name="watch">Sees what was counted after each block.</param>
    public TestEnd Run(ref SplitMix64 chance, bool isOverAtEnd, Action<EvaluationInput>? watch = null)
    {
        var (sums, dealt, looks) = (new Sums[arms.Length], new int[arms.Length], new List<PastLook>());
        var end = new TestEnd(Verdict.KeepGoing, 0);
        for (var users = (long)split.Block; users <= plan.PlannedUsers; users += split.Block)
        {
            split.Deal(ref chance, dealt);
            for (var arm = 0; arm < sums.Length; arm++)
                arms[arm].Add(ref chance, ref sums[arm], dealt[arm]);
            var input = Input(sums, looks, (double)users / plan.PlannedUsers);
            watch?.Invoke(input);
            if (end.Verdict != Verdict.KeepGoing)
                continue;
            var conclusion = Evaluation.Conclude(input);
            end = new TestEnd(conclusion.Verdict, users);
            if (conclusion.Look is { } look)
                looks.Add(look);
            if (isOverAtEnd && end.Verdict != Verdict.KeepGoing)
                break;
        }

        return end;
    }

    private EvaluationInput Input(Sums[] sums, List<PastLook> looks, double part)
    {
        var (cells, users) = (new IReadOnlyList<MetricCell>[sums.Length], new long[sums.Length]);
        for (var arm = 0; arm < sums.Length; arm++)
            (cells[arm], users[arm]) = ([sums[arm].Cell], sums[arm].Users);
        return new EvaluationInput(plan, _arms, [new EpochInput(1, users, split.Shares)], [arms[0].Metric(cells)], QualityFacts.None, looks, 0, (long)(part * days * DayMs));
    }
}
