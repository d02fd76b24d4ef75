using System.Globalization;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Which of two rankings people preferred, in one list.</summary>
/// <param name="Arms">The treatment first: who clicked more on its items than on the other's.</param>
/// <param name="Ties">Who clicked as much on both, or nothing.</param>
/// <param name="WinShare">Of the decided people those who preferred the treatment, with Wilson's interval; missing before anybody did.</param>
/// <param name="Preference">Part of all people who preferred the treatment less those who preferred the control, - 1 to 1, with the interval that follows from the one of the wins.</param>
/// <param name="PValue">Two-sided, of the exact sign test: right when looked at once.</param>
/// <param name="SurelyWorse">The arm that loses beyond doubt however often it is looked at, at 5 %; missing while none does.</param>
/// <param name="Sentence">The same in words.</param>
/// <param name="NotYet">Why numbers are missing.</param>
public sealed record InterleavingView(
    IReadOnlyList<ArmWins> Arms, long Ties, BoundedView? WinShare, BoundedView? Preference, double? PValue, string? SurelyWorse, string Sentence, NotYetView? NotYet)
{
    private const double Alpha = 0.05;

    /// <param name="experiment">With two arms.</param>
    /// <param name="wins">The treatment's first.</param>
    internal static InterleavingView Of(DefinedExperiment experiment, InterleavedWins wins)
    {
        var (treatment, control) = (experiment.Arms.First(static arm => !arm.Control).Id, experiment.Arms.First(static arm => arm.Control).Id);
        ArmWins[] arms = [new(treatment, wins.One), new(control, wins.Other)];
        if (!wins.Interval(Alpha).TryGet(out var interval))
            return new InterleavingView(arms, wins.Ties, null, null, null, null, "Nobody has clicked more of one ranking's items than of the other's yet.", NotYetTexts.Of(Statistics.NotYet.NoUsers));
        var share = new Share(wins.One, wins.Decided).Value;
        var decided = (double)wins.Decided / (wins.Decided + wins.Ties);
        // Twice alpha / 2: either side may lose.
        var worse = wins.IsOneWorse(Alpha / 2) ? treatment : new InterleavedWins(wins.Other, wins.One, wins.Ties).IsOneWorse(Alpha / 2) ? control : null;
        return new InterleavingView(
            arms,
            wins.Ties,
            new BoundedView(share, interval.Low, interval.High),
            new BoundedView(wins.Preference, ((2 * interval.Low) - 1) * decided, ((2 * interval.High) - 1) * decided),
            wins.PValue,
            worse,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Of {wins.Decided:#,0} people who clicked more of one ranking's items, {share * 100:0.0} % preferred {treatment} to {control} ({interval.Low * 100:0.0} to {interval.High * 100:0.0} %); {(worse is null ? "neither is surely worse yet" : $"{worse} is surely worse")}."),
            null);
    }
}

/// <param name="Arm">The arm.</param>
/// <param name="Wins">People who preferred its ranking.</param>
public sealed record ArmWins(string Arm, long Wins);
