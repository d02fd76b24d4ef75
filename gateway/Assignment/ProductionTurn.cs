using Splitrail.Contracts;

namespace Splitrail.Gateway.Assignment;

/// <summary>
/// A change of the models in production: the new lineup is asked for when every replica has had the time to see it and load it. Asked earlier, one service has the new version and the next one does not.
/// </summary>
/// <param name="From">Asked for until then.</param>
/// <param name="To">Of the newest snapshot.</param>
/// <param name="SeenAt">Timestamp of the monotonic clock.</param>
internal sealed record ProductionTurn(ModelLineup From, ModelLineup To, long SeenAt)
{
    /// <summary>Longer than a poll of a feed with its jitter and the loading of a small model; 1.2 s remain of the two that an activation may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(800);

    public static ProductionTurn None { get; } = new(ModelLineup.None, ModelLineup.None, 0);

    public ModelLineup At(TimeProvider time) => From == To || time.GetElapsedTime(SeenAt) >= s_patience ? To : From;

    public ProductionTurn Next(ModelLineup production, TimeProvider time)
    {
        if (production == To)
            return this;
        // Nothing was asked for before the first one.
        var from = To == ModelLineup.None ? production : At(time);
        return new ProductionTurn(from, production, time.GetTimestamp());
    }
}
