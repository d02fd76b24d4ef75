using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>What serves, what served before, and how long the change is watched. One definition beside the versions, so that it changes as a whole.</summary>
internal sealed record ProductionState
{
    /// <summary>How many lineups a series of rollbacks can go back.</summary>
    public const int MostRemembered = 10;

    public ModelLineup Lineup { get; set; } = ModelLineup.None;

    /// <summary>What served until the last change; null before the second lineup.</summary>
    public ModelLineup? Previous { get; set; }

    /// <summary>Where rollbacks go, the newest first: lineups that were left for a newer one, and not because they were bad.</summary>
    public IReadOnlyList<ModelLineup> Trail { get; set; } = [];

    /// <summary>Where the next rollback goes; null when there is nothing.</summary>
    [JsonIgnore]
    public ModelLineup? RollsBackTo => Trail.Count > 0 ? Trail[0] : null;

    /// <summary>The last version that active.json named and that was followed; what it says again later is no new order.</summary>
    public string? FollowedFile { get; set; }

    /// <summary>Null when the last change is watched no more, or was a rollback.</summary>
    public ActivationWatch? Watch { get; set; }

    /// <summary>When production changed last, Unix milliseconds.</summary>
    public long ChangedMs { get; set; }

    /// <summary>A newer lineup takes over.</summary>
    public ProductionState Activate(ModelLineup next, long nowMs, TimeSpan watched) => this with
    {
        Lineup = next,
        Previous = Lineup == ModelLineup.None ? null : Lineup,
        Trail = Lineup == ModelLineup.None ? Trail : [.. Trail.Prepend(Lineup).Take(MostRemembered)],
        Watch = watched > TimeSpan.Zero && Lineup != ModelLineup.None ? new ActivationWatch(nowMs, nowMs + (long)watched.TotalMilliseconds) : null,
        ChangedMs = nowMs,
    };

    /// <summary>Back to an earlier lineup; the one that is left is not where a later rollback goes.</summary>
    public ProductionState RollBack(ModelLineup to, long nowMs) => this with
    {
        Lineup = to,
        Previous = Lineup,
        Trail = [.. Trail.SkipWhile(lineup => lineup != to).Skip(1)],
        Watch = null,
        ChangedMs = nowMs,
    };
}

/// <param name="StartedMs">Unix milliseconds.</param>
/// <param name="UntilMs">Then the change is taken for good.</param>
internal sealed record ActivationWatch(long StartedMs, long UntilMs);
