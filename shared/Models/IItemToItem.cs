namespace Splitrail.Models;

/// <summary>Weights from item to item: what a user with one item wants next.</summary>
public interface IItemToItem
{
    /// <summary>Adds <paramref name="strength"/> times the row of <paramref name="item"/> to <paramref name="scores"/> (one per item).</summary>
    void AddRow(int item, float strength, Span<float> scores);
}
