using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Interleaving;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What goes into one transaction.</summary>
/// <param name="Exposures">Good ones.</param>
/// <param name="Outcomes">Good ones.</param>
/// <param name="Refused">To be counted only.</param>
/// <param name="Answers">How answers were.</param>
/// <param name="Marks">How far topics are read with it.</param>
/// <param name="Teams">Of interleaved lists.</param>
internal sealed record IntakeBatch(
    IReadOnlyCollection<Exposure> Exposures, IReadOnlyCollection<Outcome> Outcomes, IReadOnlyCollection<RefusedEvent> Refused, IReadOnlyCollection<AnswerTally> Answers,
    IReadOnlyCollection<IntakeMark> Marks, IReadOnlyCollection<TeamList> Teams)
{
    public static IntakeBatch Empty { get; } = new([], [], [], [], [], []);

    public int Count => Exposures.Count + Outcomes.Count + Refused.Count + Answers.Count + Marks.Count + Teams.Count;
}

/// <summary>What became of it.</summary>
/// <param name="Exposures">New, or earlier than the one known.</param>
/// <param name="Outcomes">New.</param>
/// <param name="Refused">New ones by reason, those that only the database could tell among them.</param>
internal sealed record IntakeResult(long Exposures, long Outcomes, IReadOnlyDictionary<string, long> Refused)
{
    public static IntakeResult Nothing { get; } = new(0, 0, new Dictionary<string, long>());
}
