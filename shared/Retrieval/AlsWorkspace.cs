namespace Splitrail.Retrieval;

/// <summary>Scratch of one thread for <see cref="AlsHalfStep"/>; it grows to the longest row it has seen.</summary>
public sealed class AlsWorkspace(int factors)
{
    /// <summary>Rows gathered before they are multiplied: 256 x 128 floats stay in the second-level cache.</summary>
    internal const int Depth = 256;

    internal float[] Matrix { get; } = new float[factors * factors];

    internal float[] Vector { get; } = new float[factors];

    internal float[] Gathered { get; } = new float[Depth * factors];

    internal int[] Items { get; private set; } = new int[256];

    internal float[] Strengths { get; private set; } = new float[256];

    /// <summary>Copies the entries of positive strength; answers how many.</summary>
    internal int Take(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths)
    {
        if (items.Length > Items.Length)
        {
            Items = new int[items.Length * 2];
            Strengths = new float[items.Length * 2];
        }

        var n = 0;
        for (var i = 0; i < items.Length; i++)
            if (strengths[i] > 0)
                (Items[n], Strengths[n++]) = (items[i], strengths[i]);
        return n;
    }
}
