using Splitrail.Contracts;

namespace Splitrail.Gateway.Assignment;

/// <summary>
/// A change of the models in production: the new lineup is asked for when every replica has loaded it, or has had the time to. Asked earlier, one service has the new version and the next one does not.
/// </summary>
/// <param name="From">Asked for until then.</param>
/// <param name="To">Of the newest snapshot.</param>
/// <param name="Snapshot">The snapshot's version.</param>
/// <param name="SeenAt">Timestamp of the monotonic clock.</param>
internal sealed record ProductionTurn(ModelLineup From, ModelLineup To, long Snapshot, long SeenAt)
{
    /// <summary>Where no answers come that say who has loaded it, or one cannot load it; 0.8 s remain of the two that an activation may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.2);

    public static ProductionTurn None { get; } = new(ModelLineup.None, ModelLineup.None, 0, 0);

    public bool IsOver => From == To;

    public bool IsOutOfPatience(TimeProvider time) => time.GetElapsedTime(SeenAt) >= s_patience;

    public ProductionTurn Over() => this with { From = To };

    public ProductionTurn Next(ModelLineup production, long snapshot, TimeProvider time)
    {
        if (production == To)
            return this;
        // Nothing was asked for before the first one.
        var from = To == ModelLineup.None ? production : From;
        return new ProductionTurn(from, production, snapshot, time.GetTimestamp());
    }
}
