using System.Data.Common;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>An edit of the definitions, decided on what they are at the moment of its transaction.</summary>
/// <param name="Action">Name in the audit log.</param>
/// <param name="Actor">Who.</param>
/// <param name="Apply">From what is to what shall be, or why not. Pure: a preview calls it as well.</param>
internal sealed record Edit(string Action, string Actor, Func<DefinitionSet, EditMoment, EditResult> Apply)
{
    /// <summary>False for what no file of definitions says: it may be edited while one is followed.</summary>
    public bool IsOfFile { get; init; } = true;

    /// <summary>Why, where a reason is asked for.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Why it must not happen any more, asked in its transaction before all else; null asks nothing.</summary>
    public Func<DbTransaction, CancellationToken, Task<Refusal?>>? Fence { get; init; }

    /// <summary>What would become of it, beside everything else that is defined.</summary>
    public EditResult Check(DefinitionSet set, EditMoment moment)
    {
        var result = Apply(set, moment);
        return result.Next is { } next && SetRules.Check(next) is { } refusal ? refusal : result;
    }
}

/// <param name="NowMs">Unix milliseconds.</param>
/// <param name="RequireApproval">A second person has to approve what users meet.</param>
internal readonly record struct EditMoment(long NowMs, bool RequireApproval);

/// <summary>What shall be, or why not.</summary>
internal readonly record struct EditResult(DefinitionSet? Next, Refusal? Refusal)
{
    public static implicit operator EditResult(DefinitionSet next) => new(next, null);

    public static implicit operator EditResult(Refusal refusal) => new(null, refusal);
}

/// <summary>What became of an edit: refused, or stored and published.</summary>
/// <param name="Definitions">As they are after it.</param>
/// <param name="Snapshot">What it published; null when it changed nothing.</param>
/// <param name="Refusal">Why it did not happen.</param>
internal sealed record EditOutcome(DefinitionSet Definitions, ControlSnapshot? Snapshot, Refusal? Refusal)
{
    /// <summary>What changed, for the log.</summary>
    public string Changed { get; init; } = "";
}
