using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Splitrail.Contracts;

/// <summary>Predicted ratings beside <see cref="CandidateColumns"/>.</summary>
/// <param name="Lowest">Of the shop's scale.</param>
/// <param name="Highest">Of the shop's scale.</param>
/// <param name="Values">count x 2 little-endian float32, by candidate: mean, and standard deviation of the posterior predictive distribution.</param>
public sealed record RatingColumns(float Lowest, float Highest, byte[] Values)
{
    /// <summary>Half of the middle 90 % of a standard normal distribution.</summary>
    private const float Within = 1.6448536f;

    public static RatingColumns Of(float lowest, float highest, ReadOnlySpan<float> values) => new(lowest, highest, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Whether they are sound, and of so many candidates; if not, they are as good as none.</summary>
    public bool AreOf(int count)
    {
        if (Values is null || Values.Length != (long)count * 2 * sizeof(float) || !float.IsFinite(Lowest) || !float.IsFinite(Highest) || Lowest > Highest)
            return false;
        foreach (var value in Floats)
            if (!float.IsFinite(value))
                return false;
        return true;
    }

    public ItemRating this[int candidate]
    {
        get
        {
            var (mean, deviation) = (Floats[2 * candidate], MathF.Abs(Floats[2 * candidate + 1]));
            return new ItemRating(
                Math.Clamp(mean, Lowest, Highest), deviation, Math.Clamp(mean - Within * deviation, Lowest, Highest), Math.Clamp(mean + Within * deviation, Lowest, Highest));
        }
    }

    [JsonIgnore]
    private ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Values);
}

/// <summary>What somebody would rate an item.</summary>
/// <param name="Mean">On the shop's scale.</param>
/// <param name="Deviation">Standard deviation of the rating that would be given.</param>
/// <param name="Low">Beginning of the middle 90 %, within the scale.</param>
/// <param name="High">Its end.</param>
public readonly record struct ItemRating(float Mean, float Deviation, float Low, float High);
