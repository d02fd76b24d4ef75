using System.Numerics.Tensors;
using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Content;

/// <summary>
/// What somebody likes by its words: the mean of the vectors of his items, each weighed by its strength and halved for every <see cref="HalfLifeDays"/> that it
/// is older than his newest. A guest's profile is that of his session. Made anew for every request, so that an event counts at once.
/// </summary>
internal sealed class ContentProfile(ContentModel model)
{
    public const double HalfLifeDays = 60;

    private readonly float[] _profile = new float[FloatRows.Padded(model.Width)];

    public ReadOnlySpan<float> Vector => _profile.AsSpan(0, model.Width);

    /// <summary>False when no item of the history has words.</summary>
    public bool Take(RetrievalQuery query)
    {
        var profile = _profile.AsSpan(0, model.Width);
        profile.Clear();
        if (query.Items.Count == 0)
            return false;
        var newest = query.TimesMs[0];
        for (var h = 1; h < query.Items.Count; h++)
            newest = Math.Max(newest, query.TimesMs[h]);
        for (var h = 0; h < query.Items.Count; h++)
        {
            var ageDays = (newest - query.TimesMs[h]) / (double)TimeSpan.MillisecondsPerDay;
            var weight = query.Strengths[h] * (float)Math.Pow(2, -ageDays / HalfLifeDays);
            TensorPrimitives.MultiplyAdd(model.Row(query.Items[h]), weight, profile, profile);
        }

        return ContentModel.Normalise(profile);
    }
}
