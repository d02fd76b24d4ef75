using System.Collections.Frozen;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Inner;

/// <summary>Why a recommendation was served below level 0: a stage and what became of it, from a closed list, fit for a metric's tag.</summary>
internal static class Causes
{
    public const string RankingSwitchedOff = "ranking_switched_off";
    public const string PersonalSwitchedOff = "personal_switched_off";
    public const string NoCandidates = "no_candidates";
    public const string SearchSwitchedOff = "search_switched_off";

    private static readonly FrozenDictionary<(string, DaprFaultKind), string> s_faults =
        (from stage in new[] { Stages.Context, Stages.Candidates, Stages.Ranking, Stages.Similar, Stages.Popular, Stages.Search }
         from kind in Enum.GetValues<DaprFaultKind>()
         select KeyValuePair.Create((stage, kind), $"{stage}_{Word(kind)}")).ToFrozenDictionary();

    public static string Of(string stage, DaprFault fault) => s_faults[(stage, fault.Kind)];

    /// <summary>The service answered, but with an outcome that is no result, such as <c>not_ready</c>.</summary>
    public static string OfOutcome(string stage, string outcome) => outcome switch
    {
        Contracts.Outcomes.NotReady => $"{stage}_not_ready",
        Contracts.Outcomes.UnknownItem => $"{stage}_unknown_item",
        Contracts.Outcomes.UnknownModel => $"{stage}_unknown_model",
        _ => OfBadAnswer(stage),
    };

    public static string OfBadAnswer(string stage) => s_faults[(stage, DaprFaultKind.BadAnswer)];

    private static string Word(DaprFaultKind kind) => kind switch
    {
        DaprFaultKind.AppError => "app_error",
        DaprFaultKind.Timeout => "timeout",
        DaprFaultKind.CircuitOpen => "circuit_open",
        DaprFaultKind.AppDown => "app_down",
        DaprFaultKind.UnknownApp => "unknown_app",
        DaprFaultKind.SidecarAway => "sidecar_away",
        DaprFaultKind.DeadlineExceeded => "deadline_exceeded",
        DaprFaultKind.BadAnswer => "bad_answer",
        DaprFaultKind.Conflict => "conflict",
        DaprFaultKind.Refused => "refused",
        DaprFaultKind.ComponentError => "component_error",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a new kind needs a word"),
    };
}
