using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Results.Shown;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Answer of <c>GET /v1/experiments/{id}/results</c>.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Type"><c>ab</c>, <c>aa</c>, <c>bandit</c> or <c>interleaving</c>.</param>
/// <param name="Mode"><c>recommend</c>, <c>act</c>, or <c>observe</c> where nothing is to be decided.</param>
/// <param name="At">When this was computed.</param>
/// <param name="UpdatedAt">When the sums last changed; missing before that.</param>
/// <param name="StartedAt">The first exposure; missing before it.</param>
/// <param name="Users">Counted, of all arms.</param>
/// <param name="MultiArmUsers">Met two arms and are counted in none.</param>
/// <param name="ExcludedUsers">Bots and internal users, counted in none.</param>
/// <param name="Conclusion">What the machine would decide now.</param>
/// <param name="NeedsDecision">What it has recommended and nobody has done; missing when there is nothing.</param>
/// <param name="Arms">With their users.</param>
/// <param name="Metrics">Each treatment against the control, over all epochs.</param>
/// <param name="SampleRatio">Whether users fit the split.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Looks">The planned looks with their boundaries.</param>
/// <param name="Shown">What each arm showed of the catalogue: coverage and diversity.</param>
/// <param name="FalseAlarms">Of an A/A experiment; missing for all others.</param>
/// <param name="Bandit">The step that would be taken now; missing for all but bandits.</param>
/// <param name="Interleaving">Who preferred which ranking; missing for all but interleaved experiments.</param>
public sealed record ResultsView(
    string Id,
    string State,
    string Type,
    string Mode,
    DateTimeOffset At,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? StartedAt,
    long Users,
    long MultiArmUsers,
    long ExcludedUsers,
    ConclusionView Conclusion,
    RecommendationView? NeedsDecision,
    IReadOnlyList<ArmUsers> Arms,
    IReadOnlyList<MetricResult> Metrics,
    SampleRatioView SampleRatio,
    ProgressView Progress,
    IReadOnlyList<LookView> Looks,
    ShownView Shown,
    FalseAlarmView? FalseAlarms,
    IReadOnlyList<BanditArmView>? Bandit,
    InterleavingView? Interleaving = null);

/// <param name="Promotions">Arms that would have been promoted.</param>
/// <param name="RollBacks">Arms that would have been rolled back.</param>
/// <param name="Sentence">How to read it.</param>
public sealed record FalseAlarmView(int Promotions, int RollBacks, string Sentence);

/// <param name="Arm">The arm.</param>
/// <param name="Share">Of the users now.</param>
/// <param name="NextShare">After the step.</param>
/// <param name="ChanceToBeBest">By the goal.</param>
public sealed record BanditArmView(string Arm, double Share, double NextShare, double ChanceToBeBest);

/// <param name="Verdict"><c>keep_going</c>, <c>promote</c>, <c>roll_back</c>, <c>inconclusive</c> or (a bandit's) <c>reallocate</c>.</param>
/// <param name="Arm">Whom to promote, or who does harm.</param>
/// <param name="Sentence">Why, in an owner's words.</param>
/// <param name="Grounds">Why, one by one.</param>
public sealed record ConclusionView(string Verdict, string? Arm, string Sentence, IReadOnlyList<GroundView> Grounds);

/// <param name="Kind">What is said.</param>
/// <param name="Metric">Of which metric.</param>
/// <param name="Arm">Of which arm.</param>
/// <param name="Value">What was found.</param>
/// <param name="Limit">What it is held against.</param>
/// <param name="Text">In words.</param>
public sealed record GroundView(string Kind, string? Metric, string? Arm, double? Value, double? Limit, string Text)
{
    internal static GroundView Of(Ground ground) => new(ResultsText.Name(ground.Kind), ground.Metric, ground.Arm, ground.Value, ground.Limit, GroundText.Of(ground));
}

/// <param name="Sequence">In the decision log.</param>
/// <param name="Kind"><c>promote</c>, <c>roll_back</c> or <c>inconclusive</c>.</param>
/// <param name="Arm">Who.</param>
/// <param name="At">When.</param>
/// <param name="Sentence">Why.</param>
public sealed record RecommendationView(long Sequence, string Kind, string? Arm, DateTimeOffset At, string Sentence);

/// <param name="Id">The arm.</param>
/// <param name="Control">One arm is.</param>
/// <param name="Share">Of the experiment's users now.</param>
/// <param name="Users">Counted, of all epochs.</param>
public sealed record ArmUsers(string Id, bool Control, double Share, long Users);

/// <param name="Name">The metric.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Role"><c>goal</c>, <c>secondary</c> or <c>guardrail</c>.</param>
/// <param name="Kind"><c>proportion</c>, <c>mean</c>, <c>ratio</c> or <c>quantile</c>.</param>
/// <param name="Direction">Which change is an improvement: <c>up</c> or <c>down</c>.</param>
/// <param name="Margin">Relative worsening that a guardrail accepts.</param>
/// <param name="Arms">Each treatment; empty when nothing counts this metric, and then <paramref name="NotYet"/> says so.</param>
/// <param name="NotYet">Why there is nothing.</param>
public sealed record MetricResult(string Name, string? Summary, string Role, string? Kind, string? Direction, double? Margin, IReadOnlyList<ArmResult> Arms, NotYetView? NotYet);

/// <summary>One treatment against the control. Numbers that are not known yet are missing, and <paramref name="NotYet"/> says why.</summary>
/// <param name="Arm">The treatment.</param>
/// <param name="Users">Of the treatment, in epochs that can be compared.</param>
/// <param name="ControlUsers">Of the control, in the same.</param>
/// <param name="Value">The treatment's, weighted over epochs as the comparison is.</param>
/// <param name="ControlValue">The control's.</param>
/// <param name="Difference">Treatment - control, with an interval that is right when looked at once.</param>
/// <param name="Lift">The same relative to the control.</param>
/// <param name="Anytime">The lift with an interval that is right however often it is looked at.</param>
/// <param name="PValue">Two-sided, right when looked at once.</param>
/// <param name="AdjustedPValue">Corrected: Holm among goals, Benjamini and Hochberg among the others.</param>
/// <param name="Z">What planned looks hold against the boundary; positive is better.</param>
/// <param name="Boundary">Of the last planned look.</param>
/// <param name="ChanceToWin">Chance that the treatment is better, with a flat prior: a view, no decision uses it.</param>
/// <param name="ExpectedLoss">What choosing the treatment costs on average, in the metric's unit: a view.</param>
/// <param name="NotYet">Why numbers are missing.</param>
public sealed record ArmResult(
    string Arm,
    long Users,
    long ControlUsers,
    double? Value,
    double? ControlValue,
    BoundedView? Difference,
    BoundedView? Lift,
    BoundedView? Anytime,
    double? PValue,
    double? AdjustedPValue,
    double? Z,
    double? Boundary,
    double? ChanceToWin,
    double? ExpectedLoss,
    NotYetView? NotYet);

/// <param name="Value">The estimate.</param>
/// <param name="Low">Missing where nothing bounds it.</param>
/// <param name="High">Missing where nothing bounds it.</param>
public sealed record BoundedView(double Value, double? Low, double? High);

/// <param name="Reason">One word for programs.</param>
/// <param name="Detail">For people.</param>
public sealed record NotYetView(string Reason, string Detail);

/// <param name="PValue">Valid at any time.</param>
/// <param name="Mismatch">True when users do not fit the split: no number here can be trusted.</param>
/// <param name="Epochs">Users by epoch.</param>
public sealed record SampleRatioView(double PValue, bool Mismatch, IReadOnlyList<EpochUsers> Epochs);

/// <param name="Epoch">The time between two edits of the split.</param>
/// <param name="Arms">Users beside what the split lets expect.</param>
/// <param name="PValue">Pearson's chi-square of this epoch alone, right when looked at once; missing with few users. A view: decisions take the one over all epochs.</param>
public sealed record EpochUsers(int Epoch, IReadOnlyList<ExpectedUsers> Arms, double? PValue);

/// <param name="Arm">The arm.</param>
/// <param name="Users">Counted.</param>
/// <param name="Expected">Of the epoch's users by the split.</param>
public sealed record ExpectedUsers(string Arm, long Users, double Expected);

/// <param name="Users">So far.</param>
/// <param name="PlannedUsers">Missing when nothing was planned, and then nothing is promoted.</param>
/// <param name="UsersPerDay">Since the first exposure; missing before it.</param>
/// <param name="Information">Of the treatment that knows the least, in parts of the planned.</param>
/// <param name="LooksTaken">Planned looks.</param>
/// <param name="NextLookUsers">When the next one is due.</param>
/// <param name="FloorUsersPerArm">Nothing is promoted with fewer.</param>
/// <param name="FloorDays">Nothing is promoted before.</param>
/// <param name="PlannedEnd">By schedule or horizon.</param>
/// <param name="ProjectedEnd">When the planned users and days are there at this pace.</param>
public sealed record ProgressView(
    long Users, long? PlannedUsers, double? UsersPerDay, double Information, int LooksTaken, long? NextLookUsers, long FloorUsersPerArm, int FloorDays, DateTimeOffset? PlannedEnd, DateTimeOffset? ProjectedEnd);

/// <param name="Look">From 1.</param>
/// <param name="Part">Of the planned users.</param>
/// <param name="Users">At which it is due.</param>
/// <param name="Boundary">What |z| must reach, when looks come as planned.</param>
/// <param name="TakenAt">Missing while it was not taken.</param>
/// <param name="TakenUsers">When it was taken.</param>
public sealed record LookView(int Look, double Part, long Users, double Boundary, DateTimeOffset? TakenAt, long? TakenUsers);
