using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Gateway.Assignment;

/// <summary>The arms of one request, at most one per layer.</summary>
/// <param name="Subject">Who asked.</param>
/// <param name="Arms">In order of the layers.</param>
/// <param name="Mix">The first arm's that names one.</param>
/// <param name="Ranker">The first arm's that names one.</param>
/// <param name="Model">The first arm's that names one.</param>
/// <param name="ReRanker">The first arm's that names one.</param>
/// <param name="ReRank">Options of that arm.</param>
/// <param name="Teams">The arm of the first experiment whose two arms are to be interleaved; none of the names above are its.</param>
internal sealed record ArmSet(
    Subject Subject, IReadOnlyList<AssignedArm> Arms, string? Mix, string? Ranker, string? Model = null, string? ReRanker = null, ReRankOptions? ReRank = null, AssignedArm? Teams = null)
{
    /// <summary>The ranker's name with which an arm asks for the candidates' own order.</summary>
    public const string NoRanker = "none";

    public static ArmSet None { get; } = new(default, [], null, null);

    /// <summary>The parameters of an arm without the arm: nobody is in it, so nothing is counted.</summary>
    public static ArmSet Preview(Subject subject, ArmParameters parameters) => new(
        subject, [], parameters.Mix, parameters.Ranker, parameters.Model, parameters.ReRanker, parameters.ReRanker is null ? null : parameters.ReRank);

    /// <summary>As one of the teams asks: what it names counts before what other experiments name.</summary>
    public ArmSet Of(ExperimentArm team)
    {
        var wanted = team.Parameters;
        var (reRanker, reRank) = wanted.ReRanker is null ? (ReRanker, ReRank) : (wanted.ReRanker, wanted.ReRank);
        return this with { Teams = null, Mix = wanted.Mix ?? Mix, Ranker = wanted.Ranker ?? Ranker, Model = wanted.Model ?? Model, ReRanker = reRanker, ReRank = reRank };
    }
}
