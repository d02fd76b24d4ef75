using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Models;

namespace Splitrail.CandidateSvc.Search;

/// <summary>The model's popularity, 0 to 1, by position in the main segment; made anew when either is another.</summary>
internal sealed class PopularityColumn
{
    private volatile Made? _made;

    public ReadOnlySpan<float> For(SearchView view, ServingState? state)
    {
        if (state is null)
            return [];
        if (_made is { } made && ReferenceEquals(made.Segment, view.Main) && ReferenceEquals(made.Bundle, state.Bundle))
            return made.Values;
        var values = new float[view.Main.Count];
        var popularity = state.Generator.Popularity;
        var most = 0f;
        foreach (var value in popularity)
            most = MathF.Max(most, value);
        for (var at = 0; at < values.Length && most > 0; at++)
        {
            if (state.Bundle.Items.Find(view.Main.Items[at].ItemId) is >= 0 and var item)
                values[at] = MathF.Max(0, popularity[item]) / most;
        }

        _made = new Made(view.Main, state.Bundle, values);
        return values;
    }

    private sealed record Made(SearchSegment Segment, ModelBundle Bundle, float[] Values);
}
