namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Why something that arrived is in no sum.</summary>
internal static class QualityReasons
{
    /// <summary>No JSON, no event, or a member of another type.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>An event of more than <see cref="OutcomeRules.MostBytes"/>.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A number that is none.</summary>
    public const string NotANumber = "not_a_number";

    public const string NegativeValue = "negative_value";

    /// <summary>A quantity or an amount outside of what is believable.</summary>
    public const string OutOfRange = "out_of_range";

    public const string UnknownType = "unknown_type";

    /// <summary>An id that is missing or no id.</summary>
    public const string BadId = "bad_id";

    public const string FromTheFuture = "from_the_future";

    /// <summary>Before 1970.</summary>
    public const string BadTime = "bad_time";

    /// <summary>A probability or an epoch that cannot be.</summary>
    public const string BadAssignment = "bad_assignment";

    public const string UnknownExperiment = "unknown_experiment";

    public const string UnknownArm = "unknown_arm";

    /// <summary>The id was used for something else; of both, the one with the lower hash counts, whichever came first.</summary>
    public const string OtherContent = "same_id_other_content";

    /// <summary>Of somebody whose deletion was asked for, from before it.</summary>
    public const string Deleted = "deleted_person";

    /// <summary>The experiment's raw rows are gone.</summary>
    public const string AfterRetention = "after_retention";

    /// <summary>Not refused: what was taken in, once each.</summary>
    public const string Accepted = "accepted";
}

/// <param name="Reason">One of <see cref="QualityReasons"/>.</param>
/// <param name="Text">For the log.</param>
internal sealed record IntakeFault(string Reason, string Text);

/// <summary>What is not counted.</summary>
/// <param name="Experiment">Empty when it cannot be tied to one.</param>
/// <param name="Reason">One of <see cref="QualityReasons"/>.</param>
/// <param name="EventId">Null when it has no usable one; then each delivery is counted.</param>
/// <param name="Content">Hash of what it said.</param>
internal sealed record RefusedEvent(string Experiment, string Reason, string? EventId, long Content);
