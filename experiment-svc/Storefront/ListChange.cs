namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>What became of a list.</summary>
/// <param name="Moves">By item of the new one.</param>
/// <param name="Left">Ids that are in the old one only, best first.</param>
public sealed record ListChange(IReadOnlyDictionary<string, Move> Moves, IReadOnlyList<string> Left)
{
    public static ListChange None { get; } = new(new Dictionary<string, Move>(), []);

    /// <summary>How many came, and so went.</summary>
    public int Came => Moves.Values.Count(static move => move.IsNew);

    public bool IsSame => Left.Count == 0 && Moves.Values.All(static move => move is { IsNew: false, Up: 0 });

    /// <param name="before">Empty when there was none: then nothing has changed.</param>
    /// <param name="now">Best first.</param>
    public static ListChange Between(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        if (before.Count == 0)
            return None;
        var places = before.Index().DistinctBy(static old => old.Item).ToDictionary(static old => old.Item, static old => old.Index, StringComparer.Ordinal);
        return new ListChange(
            now.Index().DistinctBy(static item => item.Item).ToDictionary(
                static item => item.Item, item => places.TryGetValue(item.Item, out var old) ? new Move(old - item.Index) : new Move(0, IsNew: true), StringComparer.Ordinal),
            [.. before.Except(now, StringComparer.Ordinal)]);
    }
}

/// <param name="Up">Places towards the top; negative towards the end.</param>
/// <param name="IsNew">It was not there.</param>
public readonly record struct Move(int Up, bool IsNew = false);
